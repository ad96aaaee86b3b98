// The people of an enterprise: whoever has an account, asked once for all the pages that tell of units.

import { useQuery } from "@tanstack/vue-query";
import { all } from "@/api/queries";
import { useSession } from "@/api/session";
import type { Row } from "@/api/types";

export function usePeople(enterpriseId: string) {
  const session = useSession();
  const queryFn = () => all("gateway_list_accounts", { enterprise_id: enterpriseId }) as Promise<Row[]>;
  return useQuery({ queryKey: ["gateway_list_accounts", "all", enterpriseId], queryFn, enabled: session.may("gateway.accounts.read") });
}
