// A form as it is filled in: format checked on leaving a field, all of it on sending, every keystroke after that.

import { computed, nextTick, reactive, ref } from "vue";
import { useCommand } from "@/api/queries";
import { asRefused } from "@/api/refused";
import { cleaned, copied, faultOf, faultsOf, get, isEmpty, parted, resolve, set, type FieldSpec, type Model } from "./fields";

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
  const busy = reactive(new Set<string>()); // Files still on their way.
  const hasFailed = ref(false);
  const version = ref(0); // Counts changes.
  const command = useCommand<any>(operation);
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

  function check(): boolean {
    const found = faultsOf(resolved, model);
    if (busy.size) return fail(found, ["还有文件正在上传，请等上传完成后再提交"]), false;
    if (Object.keys(found).length) return fail(found), false;
    return true;
  }

  /** What came of it, or nothing: then the reasons stand in the form. */
  async function send(more: Model = {}, isChecked = true): Promise<any | undefined> {
    if (isChecked && !check()) return undefined;
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

  function focus(name: string): void {
    const row = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
    row?.scrollIntoView({ block: "center" });
    const control = row?.querySelector<HTMLElement>("input, textarea, button") ?? row?.querySelector<HTMLElement>("[tabindex]");
    control?.focus({ preventScroll: true });
  }

  return { resolved, model, faults, others, busy, summary, version, command, change, blur, check, send, focus, fail };
}

export type Form = ReturnType<typeof useForm>;
