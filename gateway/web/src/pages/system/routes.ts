import type { PageRoute } from "@/pages-there";

export const routes: PageRoute[] = [{ path: "/accounts/import", page: "system/account-import", title: "批量导入用户", menu: "/accounts", permissions: ["gateway.accounts.write"] }];
