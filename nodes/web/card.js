/* A model's card: what it is, how it is asked, where it comes from. */
"use strict";

RealmView.start(({ card }, main) => {
  const { element, rows } = RealmView;
  const sections = new Map();
  rows(card).forEach((row) => sections.set(row.section, [...(sections.get(row.section) || []), row]));
  const grid = element("div", { class: "grid" });
  main.append(grid);
  sections.forEach((entries, title) => {
    grid.append(
      element(
        "section",
        {},
        element("h2", {}, title),
        element(
          "dl",
          { class: "facts" },
          entries.map(({ name, value, note }) =>
            element(
              "div",
              {},
              element("dt", {}, name),
              element(
                "dd",
                {},
                value.includes("\n") ? element("div", { class: "text" }, value) : value,
                note ? element("div", { class: "hint" }, note) : null,
              ),
            ),
          ),
        ),
      ),
    );
  });
});
