// One application over all its steps: what was typed is kept in this browser at once and by the server at every step.

import { computed, ref } from "vue";
import { useCatalogueRows } from "@/api/places";
import { useSession } from "@/api/session";
import type { Row } from "@/api/types";
import { argsOf } from "@/api/words";
import { draftName, recalled, useDraft } from "@/patterns/form/draft";
import { useForm } from "@/patterns/form/use-form";
import { fieldsOfSteps, holdsQualifications, missingIn, stepOf, stepsFor } from "./steps";

const EDIT = "enterprise_edit_registration";
const REGISTER = "enterprise_register_enterprise";

/** Who has opened the account is who applies, until he names another. */
function registrant(): Row {
  const { me } = useSession();
  return { registrant_name: me?.name, registrant_mobile: me?.mobile, registrant_email: me?.email };
}

export function useWizard(record: Row | null, enterprise_id: string, required: ReadonlySet<string>) {
  const kept = ref<Row | null>(record);
  const name = draftName("registration");
  const local = recalled(name);
  const fields = fieldsOfSteps(stepsFor(required, false));
  const known = Object.fromEntries(fields.map((field) => [field.name, (record ?? registrant())[field.name] ?? undefined]));
  const form = useForm({
    operation: () => (kept.value ? EDIT : REGISTER), fields, start: { ...known, ...local?.model },
    fixed: () => (kept.value ? { enterprise_id, version: kept.value.version } : {}),
  });
  const draft = useDraft(name, form.model, form.version);
  draft.isDirty.value = local !== null;
  const types = useCatalogueRows("enterprise_types");
  const codes = computed(() => [form.model.enterprise_type, ...((form.model.secondary_types as string[] | undefined) ?? [])]);
  const steps = computed(() => stepsFor(required, holdsQualifications(types.value, codes.value)));
  const titles = argsOf(EDIT);
  const missing = computed(() => missingIn(steps.value, form.model, (code) => titles[code]?.t ?? code));
  const wrong = computed(() => form.summary.value.map((one) => ({ ...one, step: stepOf(steps.value, one.name) })));

  /** Keep what was typed; before name and place are there the server takes no draft, and this browser has it alone. */
  async function save(): Promise<boolean> {
    if (!(await form.arrived())) return false;
    if (!draft.isDirty.value) return true;
    if (!kept.value && !(form.model.name && form.model.region)) return draft.save(), true;
    const answer = await form.send({}, false);
    if (answer === undefined) return false;
    kept.value = answer as Row;
    draft.forget();
    return true;
  }

  return { form, draft, steps, missing, wrong, kept, save };
}
