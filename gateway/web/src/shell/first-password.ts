// The password with which somebody has just come in for the first time, so that he need not type it again; kept nowhere.

import { ref } from "vue";

export const firstPassword = ref("");
