// What is being done with a record in a dialog over its page: which act, and the word of thanks when it is done.

import { ElMessage } from "element-plus";
import "element-plus/es/components/message/style/css";
import { ref } from "vue";

export function useActing(acts: Record<string, { title: string }>) {
  const acting = ref<string | null>(null);

  function done(): void {
    ElMessage.success(`${acts[acting.value!]!.title}：已办理`);
    acting.value = null;
  }

  return { acting, done };
}
