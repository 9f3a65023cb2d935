// What the pages are held to: all of the recommended rules but these.
module.exports = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "doctype-style": "off", // templ writes it in small letters; HTML takes both
    "long-title": "off", // a page is titled by its headline, as long as that is
  },
};
