// What the reviews of registrations, changes and stops have in common: whose each is, and how it is decided.

import { useRegions } from "@/api/places";
import type { Row } from "@/api/types";
import { itemOf, wordOf } from "@/api/words";

export function useReviewer() {
  const { nameOf } = useRegions();
  const sector = itemOf("enterprise_list_suspensions").authority_sector;
  const why = (row: Row) => `由${nameOf(row.authority_region)}${wordOf(sector, row.authority_sector)}审核，您可以查看，不能代为审核`;
  return { why };
}

export const decided = (row: Row, isApproved: boolean, opinion: string) => ({ decision: isApproved ? "approve" : "reject", opinion: opinion || null, version: row.version });
