/* What a data set holds: kinds of answers, lengths, and what should be looked at before training. */
"use strict";

RealmView.start(({ rows: table, cut }, main) => {
  const { element, rows, figures, count, percent } = RealmView;
  const { COLORS, chart, lines } = RealmCharts;
  const all = rows(table);
  if (!all.length) {
    main.append(element("p", {}, "The data set is empty."));
    return;
  }
  const flaws = [
    ["no answer", (row) => row.missing],
    ["answer of another kind", (row) => row.unreadable],
    ["the same as an earlier row", (row) => row.twin !== null],
  ].map(([name, has]) => [name, all.filter(has)]);
  const doubtful = flaws.filter(([, found]) => found.length);
  const share = (found) => `${count(found.length)} (${percent(found.length / all.length)})`;

  main.append(
    element(
      "section",
      { class: "findings", "aria-label": "What stands out" },
      element(
        "p",
        {},
        doubtful.length
          ? "To look at before training: " +
              doubtful.map(([name, found]) => `${name}: ${count(found.length)} rows`).join("; ") +
              "."
          : "Nothing stands out: every row can be read, and no two are the same.",
      ),
    ),
  );
  if ((cut || []).length) {
    main.append(element("p", { class: "hint" }, `Only the first ${count(all.length)} rows are looked at here.`));
  }
  const words = all.map((row) => row.words).sort((a, b) => a - b);
  const quantile = (q) => words[Math.min(words.length - 1, Math.floor(q * words.length))];
  figures(main, [
    ["rows", count(all.length)],
    ["words, in the middle", count(quantile(0.5))],
    ["words, longest", count(words[words.length - 1])],
    ...flaws.map(([name, found]) => [name, share(found)]),
  ]);
  const grid = element("div", { class: "grid" });
  main.append(grid);
  bars(
    "Kinds of answers",
    "What each answer looks like by itself",
    counts((row) => row.kind),
  );
  bars(
    "Parts",
    "Rows by domain, source, or what a rule applies to",
    counts((row) => row.part),
  );
  bars("Length", "Words in the text of a row", lengths(), false);
  listing();

  /** [[value, number of rows], ...], the most frequent first. */
  function counts(value) {
    const found = new Map();
    all
      .map(value)
      .filter((v) => v !== null)
      .forEach((v) => found.set(v, (found.get(v) || 0) + 1));
    return [...found].sort((a, b) => b[1] - a[1]);
  }

  /** Rows by length, in at most twelve ranges of equal width. */
  function lengths() {
    const [shortest, longest] = [words[0], words[words.length - 1]];
    const width = Math.ceil((longest - shortest + 1) / 12);
    const ranges = Array.from({ length: Math.floor((longest - shortest) / width) + 1 }, () => 0);
    words.forEach((n) => ranges[Math.floor((n - shortest) / width)]++);
    const name = (from) => (width === 1 ? String(from) : `${count(from)} to ${count(from + width - 1)}`);
    return ranges.map((n, i) => [name(shortest + i * width), n]);
  }

  function bars(title, hint, entries) {
    const most = 14;
    if (!entries.length) {
      return;
    }
    const shown = entries.slice(0, most);
    chart(
      grid,
      {
        title,
        hint: hint + (entries.length > most ? `; the ${most} most frequent of ${count(entries.length)}` : ""),
        label: `${title}: ${shown.map(([name, n]) => `${name} ${n}`).join("; ")}`,
      },
      {
        grid: { left: 126, right: 56, top: 6, bottom: 6 },
        tooltip: { trigger: "item", formatter: ({ name, value }) => lines(name, `${count(value)} rows`) },
        yAxis: {
          type: "category",
          inverse: true,
          data: shown.map(([name]) => name),
          axisLabel: { interval: 0, width: 112, overflow: "truncate", color: COLORS.ink },
        },
        xAxis: { type: "value", axisLabel: { show: false }, splitLine: { show: false } },
        series: [
          {
            type: "bar",
            color: COLORS.one,
            barMaxWidth: 18,
            data: shown.map(([, n]) => n),
            label: { show: true, position: "right", color: COLORS.ink, formatter: ({ value }) => count(value) },
          },
        ],
      },
      24 + 26 * shown.length,
    );
  }

  function listing() {
    const section = element("section", {}, element("h2", {}, "Rows"));
    main.append(section);
    const text = (title, column) => ({ title, value: (row) => row[column] });
    const remarks = (row) =>
      [
        row.missing ? "no answer" : null,
        row.unreadable ? "answer of another kind" : null,
        row.twin === null ? null : "same as " + row.twin,
      ]
        .filter((remark) => remark)
        .join("; ");
    const columns = [
      text("id", "id"),
      text("text", "text"),
      text("answer", "answer"),
      text("kind", "kind"),
      text("part", "part"),
      { title: "words", number: true, value: (row) => row.words, text: (row) => count(row.words) },
      { title: "remarks", value: remarks },
    ];
    RealmTable.table(
      section,
      "Every row; search for 'same as', 'no answer' or 'another kind' to find those to look at",
      columns.filter((column) => all.some((row) => column.value(row))),
      all,
    );
  }
});
