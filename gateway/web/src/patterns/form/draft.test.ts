import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, it } from "vitest";
import { createApp, defineComponent, ref } from "vue";
import { recalled, useDraft } from "./draft";
import type { Model } from "./fields";

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

/** A form that somebody fills in and leaves. */
async function filled(name: string | null, model: Model): Promise<void> {
  const version = ref(0);
  const form = createApp(defineComponent({ setup: () => (useDraft(name, model, version), () => null) }));
  form.mount(document.createElement("div"));
  version.value += 1;
  await Promise.resolve();
  form.unmount();
}

it("keeps the drafts of two records apart, and those of two versions of one", async () => {
  await filled("draft.p.hazard.1.3", { place: "一号井口" });
  await filled("draft.p.hazard.2.3", { place: "二号井口" });

  expect(recalled("draft.p.hazard.1.3")?.model).toEqual({ place: "一号井口" });
  expect(recalled("draft.p.hazard.2.3")?.model).toEqual({ place: "二号井口" });
  expect(recalled("draft.p.hazard.1.4")).toBeNull();
});

it("keeps nothing where there is no name", async () => {
  await filled(null, { signature: "data:image/png;base64,AA" });

  expect(localStorage.length).toBe(0);
});
