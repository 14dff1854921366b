/* Tables that sort and search. */
"use strict";

const RealmTable = (() => {
  const { element, input, count } = RealmView;

  /** Rows shown at first, and more at each press of the button below them. */
  const PAGE = 20;

  const bySize = (a, b) =>
    typeof a === "number" && typeof b === "number"
      ? a - b
      : String(a).localeCompare(String(b), "en", { numeric: true });

  /** Missing values come last, whichever way. */
  function compare(a, b, direction) {
    const missing = (value) => value === null || value === undefined;
    return missing(a) || missing(b) ? missing(a) - missing(b) : direction * bySize(a, b);
  }

  /**
   * Appends a table.
   *
   * @param caption what the table holds
   * @param columns [{title, value: row => what it is sorted by, text: row => what is shown, number: whether it is one}]
   * @param rows objects
   */
  function table(parent, caption, columns, rows) {
    let sorted = null;
    let direction = 1;
    let wanted = "";
    let limit = PAGE;

    const show = (column, row) => (column.text ? column.text(row) : String(column.value(row) ?? ""));
    const heads = columns.map((column) =>
      element(
        "th",
        { scope: "col", class: column.number ? "number" : null },
        element("button", { type: "button", click: () => sort(column) }, column.title),
      ),
    );
    const body = element("tbody");
    const hits = element("p", { class: "hint", role: "status" });
    const more = element(
      "button",
      {
        type: "button",
        click: () => {
          limit += 5 * PAGE;
          fill();
        },
      },
      "Show more rows",
    );

    function sort(column) {
      direction = sorted === column ? -direction : column.number ? -1 : 1;
      sorted = column;
      heads.forEach((head, i) => {
        if (columns[i] === sorted) {
          head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
        } else {
          head.removeAttribute("aria-sort");
        }
      });
      fill();
    }

    function fill() {
      const found = rows.filter((row) => columns.some((column) => show(column, row).toLowerCase().includes(wanted)));
      if (sorted) {
        found.sort((a, b) => compare(sorted.value(a), sorted.value(b), direction));
      }
      body.replaceChildren(
        ...found.slice(0, limit).map((row) =>
          element(
            "tr",
            {},
            columns.map((column) => element("td", { class: column.number ? "number" : null }, show(column, row))),
          ),
        ),
      );
      hits.textContent = wanted ? `${count(found.length)} of ${count(rows.length)} rows` : "";
      more.hidden = found.length <= limit;
    }

    if (rows.length > 8) {
      const search = input("Search the table", { type: "search" }, (text) => {
        wanted = text.trim().toLowerCase();
        limit = PAGE;
        fill();
      });
      parent.append(element("div", { class: "controls" }, search));
    }
    parent.append(
      hits,
      element(
        "div",
        { class: "wide", tabindex: 0, role: "region", "aria-label": caption },
        element("table", {}, element("caption", {}, caption), element("thead", {}, element("tr", {}, heads)), body),
      ),
      more,
    );
    fill();
  }

  return { table };
})();
