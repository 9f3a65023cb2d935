// What the pages are held to: all of the recommended rules but these.
module.exports = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "doctype-style": "off", // templ writes it in small letters; HTML takes both
    "long-title": "off", // a page is titled by its headline, as long as that is
    // Boxes to tick share a name when they answer one question.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "submit", "reset"] }],
    "aria-label-misuse": ["error", { allowAnyNamable: true }], // a list may have a name
  },
};
