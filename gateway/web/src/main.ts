import { VueQueryPlugin } from "@tanstack/vue-query";
import "element-plus/theme-chalk/base.css";
import { createPinia } from "pinia";
import { createApp } from "vue";
import { queryClient } from "./api/queries";
import App from "./app.vue";
import { i18n, languageKept, speak } from "./i18n";
import { router } from "./router";
import "./styles/tokens.css";
import "./styles/base.css";

const app = createApp(App);
app.use(createPinia());
app.use(i18n);
app.use(VueQueryPlugin, { queryClient });
app.use(router);
void speak(languageKept()).then(() => app.mount("#app"));
