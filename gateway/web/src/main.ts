// First the language, then the application: menus, columns and titles are read once, when their modules are loaded.

import { languageKept, speak } from "./i18n";

void speak(languageKept()).then(() => import("./application"));
