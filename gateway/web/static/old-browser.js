// Only browsers that know no modules, Internet Explorer above all, run this: written in words that they understand.
(function () {
  var root = document.getElementById("app");

  function say(tag, text) {
    var line = document.createElement(tag);
    line.textContent = text;
    root.appendChild(line);
  }

  root.style.cssText = "max-width: 560px; margin: 80px auto; font: 16px/1.8 sans-serif; color: #1b2733";
  say("h1", "请换一个浏览器");
  say("p", "您的浏览器版本太旧，不能使用贵州省安全生产双重预防平台。");
  say("p", "请使用较新的 Chrome、Edge、Firefox；用 360 浏览器的，请点地址栏右侧的“e”图标切换到极速模式。");
})();
