// What a form has saved is handed in at once; when that is refused it stays a draft, and the reason is told.

import { ElMessage } from "element-plus";
import "element-plus/es/components/message/style/css";
import { useCommand } from "@/api/queries";
import { asRefused } from "@/api/refused";
import type { OperationId } from "@/api/types";

export function useHandIn(operation: OperationId, thanks: string) {
  const submission = useCommand(operation);

  return (args: Record<string, unknown>): Promise<unknown> =>
    submission.run(args).then(
      () => ElMessage.success(thanks),
      (error: unknown) => ElMessage.warning({ message: `已存为草稿，没有提交：${asRefused(error).message}`, duration: 8000 }),
    );
}
