// The five tiers of an organisation, the highest first; a unit lies below one of a higher tier.

export const TIERS: Record<string, string> = { enterprise: "公司级", department: "部门级", workshop: "车间级", team: "班组级", post: "岗位级" };

const ORDER = Object.keys(TIERS);

/** The tiers that a unit below one of this tier may have. */
export function tiersBelow(tier: string): Record<string, string> {
  const at = ORDER.indexOf(tier);
  return Object.fromEntries(Object.entries(TIERS).slice(at + 1));
}

export function isAbove(one: string, other: string): boolean {
  return ORDER.indexOf(one) < ORDER.indexOf(other);
}
