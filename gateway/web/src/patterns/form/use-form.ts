// A form as it is filled in: format checked on leaving a field, all of it on sending, every keystroke after that.

import { computed, nextTick, onBeforeUnmount, reactive, ref, watch } from "vue";
import { useCommand } from "@/api/queries";
import { asRefused } from "@/api/refused";
import { cleaned, copied, faultOf, faultsOf, get, isEmpty, parted, resolve, set, type FieldSpec, type Model } from "./fields";

/** Whether the files of a field are on their way, could not be uploaded, or are all there. */
export type Upload = "going" | "failed" | "done";

export interface FormOptions {
  operation: () => string;
  fields: FieldSpec[];
  start?: Model;
  fixed?: () => Model; // what goes along and nobody fills in
  prefix?: string;
}

export function useForm({ operation, fields, start = {}, fixed = () => ({}), prefix = "field" }: FormOptions) {
  const resolved = fields.map((one) => resolve(operation(), one));
  const model = reactive<Model>(copied(start));
  for (const field of resolved) {
    const usual = field.usual ?? field.described?.d;
    if (get(model, field.name) === undefined && usual !== undefined) set(model, field.name, structuredClone(usual));
  }
  const faults = ref<Record<string, string>>({});
  const others = ref<string[]>([]); // What the server refuses that belongs to no field.
  const uploads = reactive(new Map<string, Upload>()); // By field, those that are not done.
  const isGoing = computed(() => [...uploads.values()].includes("going"));
  const isWaiting = ref(false); // Sending waits for files on their way.
  let isLeft = false;
  const hasFailed = ref(false);
  const version = ref(0); // Counts changes.
  const command = useCommand<any>(operation);
  const isSending = computed(() => isWaiting.value || command.isRunning.value);
  // Only after a failed sending: what appears on leaving a field would move the page from under the next click.
  const summary = computed(() => (!hasFailed.value ? [] : resolved).flatMap((one) => (faults.value[one.name] ? [{ name: one.name, title: one.title, words: faults.value[one.name]! }] : [])));

  function change(name: string, value: unknown): void {
    set(model, name, value);
    version.value += 1;
    if (hasFailed.value) recheck(name);
    else if (faults.value[name]) clear(name);
  }

  function clear(name: string): void {
    const { [name]: _, ...rest } = faults.value;
    faults.value = rest;
  }

  function recheck(name: string): void {
    const field = resolved.find((one) => one.name === name);
    const fault = field ? faultOf(field, model) : "";
    if (fault) faults.value = { ...faults.value, [name]: fault };
    else clear(name);
  }

  /** On leaving a field its format is looked at; that it is empty, only on sending. */
  function blur(name: string): void {
    if (hasFailed.value || !isEmpty(get(model, name))) recheck(name);
  }

  function fail(found: Record<string, string>, more: string[] = []): void {
    hasFailed.value = true;
    faults.value = found;
    others.value = more;
    void nextTick(() => document.getElementById(`${prefix}-summary`)?.focus());
  }

  /** What is on its way is not missing yet. */
  function check(): boolean {
    const found = Object.fromEntries(Object.entries(faultsOf(resolved, model)).filter(([name]) => uploads.get(name) !== "going"));
    if (Object.keys(found).length) return fail(found), false;
    return true;
  }

  function upload(name: string, state: Upload): void {
    if (state === "done") uploads.delete(name);
    else uploads.set(name, state);
  }

  /** Whether all files are there, once none is on its way any more. */
  async function arrived(): Promise<boolean> {
    if (isGoing.value) {
      isWaiting.value = true;
      await new Promise<void>((done) => watch(isGoing, () => done(), { once: true }));
      isWaiting.value = false;
    }
    if (isLeft) return false;
    if ([...uploads.values()].includes("failed")) return fail({}, ["有文件没有上传成功，请重试或移除后再提交"]), false;
    return true;
  }

  /** What came of it, or nothing: then the reasons stand in the form. */
  async function send(more: Model = {}, isChecked = true): Promise<any | undefined> {
    if (isWaiting.value || (isChecked && !check())) return undefined;
    if (!(await arrived()) || (isChecked && !check())) return undefined;
    others.value = [];
    try {
      const answer = await command.run({ ...fixed(), ...cleaned(resolved, model), ...more });
      faults.value = {};
      hasFailed.value = false;
      return answer;
    } catch (error) {
      const refused = asRefused(error);
      if (refused.status === 422 || Object.keys(refused.details).length) {
        const { own, others: rest } = parted(refused.details, resolved);
        fail(own, Object.keys(own).length ? rest : [refused.message]);
      } else fail({}, [refused.isAway ? `没有提交：${refused.message}` : refused.message]);
      return undefined;
    }
  }

  onBeforeUnmount(() => (isLeft = true)); // What waits is sent by nobody then.

  function focus(name: string): void {
    const row = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
    row?.scrollIntoView({ block: "center" });
    const control = row?.querySelector<HTMLElement>("input, textarea, button") ?? row?.querySelector<HTMLElement>("[tabindex]");
    control?.focus({ preventScroll: true });
  }

  return { resolved, model, faults, others, isWaiting, isSending, summary, version, command, change, blur, check, upload, arrived, send, focus, fail };
}

export type Form = ReturnType<typeof useForm>;
