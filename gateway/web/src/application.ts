import { VueQueryPlugin } from "@tanstack/vue-query";
import "element-plus/theme-chalk/base.css";
import { createPinia } from "pinia";
import { createApp } from "vue";
import { queryClient } from "./api/queries";
import App from "./app.vue";
import { router } from "./router";
import "./styles/tokens.css";
import "./styles/base.css";

const app = createApp(App);
app.use(createPinia());
app.use(VueQueryPlugin, { queryClient });
app.use(router);
app.mount("#app");
