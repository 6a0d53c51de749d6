// Keys for those who read much: / j k Enter e o [ ] ?. Every page works without it.
"use strict";
(function () {
  var stops = document.querySelectorAll(".hit h2 a, table.figures tbody tr a.go");
  // the first step is from the figure that the address names (#f15)
  var named = document.getElementById(location.hash.replace(/^#f/, "r"));
  var at = Array.prototype.indexOf.call(stops, named && named.querySelector("a.go"));
  function go(step) {
    if (!stops.length) return;
    var here = Array.prototype.indexOf.call(stops, document.activeElement);
    at = Math.max(0, Math.min(stops.length - 1, (here >= 0 ? here : at) + step));
    stops[at].focus();
    stops[at].scrollIntoView({ block: "nearest" });
  }
  function follow(selector) {
    var link = document.querySelector(selector);
    if (link) link.click();
  }
  var keys = {
    j: function () { go(1); },
    k: function () { go(-1); },
    e: function () {
      var row = document.activeElement && document.activeElement.closest("tr, .hit") || named;
      var link = row && row.querySelector("a.why");
      if (link) link.click();
    },
    o: function () { follow("a.original"); },
    "[": function () { follow("a[rel=prev]"); },
    "]": function () { follow("a[rel=next]"); },
    "?": function () {
      var help = document.getElementById("help");
      help.open = !help.open;
      if (help.open) help.querySelector("summary").focus();
    },
    "/": function () {
      var box = document.querySelector("input[type=search]");
      if (box) { box.focus(); box.select(); } else { location.href = "/"; }
    },
  };
  document.addEventListener("keydown", function (e) {
    var t = e.target;
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName)) {
      if (e.key === "Escape") t.blur();
      return;
    }
    if (keys[e.key]) { e.preventDefault(); keys[e.key](); }
  });
})();
