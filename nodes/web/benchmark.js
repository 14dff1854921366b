/* Accuracy of models with 95 % intervals: where training did harm, a chart for each split, then scores and pairs as tables. */
"use strict";

RealmView.start(({ scores, comparisons }) => {
  const { COLORS, chart, element, percent, number } = RealmView;
  const rows = rowsOf(scores);
  const pairs = comparisons ? rowsOf(comparisons) : []; // earlier versions kept none
  const distinct = (column) => [...new Set(rows.map((row) => row[column]))];
  const names = { without: "without routes", with: "with routes" };
  const colors = { without: COLORS.warm, with: COLORS.accent };

  pairs.filter((pair) => pair.note).forEach((pair) => document.body.append(element("p", {}, element("b", {}, pair.note))));
  const grid = element("div", { class: "grid" });
  document.body.append(grid);
  distinct("split").forEach((split) => {
    const ofSplit = rows.filter((row) => row.split === split);
    chart(
      grid,
      `Accuracy on '${split}'`,
      `${number(ofSplit[0].problems, 9)} problems; the whiskers are 95 % intervals`,
      option(ofSplit),
      300
    );
  });
  document.body.append(table());
  if (pairs.length) {
    document.body.append(element("p", {}, "Pairs of models on the same problems:"), pairTable());
  }

  function rowsOf(columns) {
    return columns.model.map((_, i) => Object.fromEntries(Object.keys(columns).map((column) => [column, columns[column][i]])));
  }

  function option(ofSplit) {
    const models = distinct("model");
    const modes = distinct("routes");
    const find = (model, mode) => ofSplit.find((row) => row.model === model && row.routes === mode);
    return {
      grid: { left: 52, right: 12, top: 36, bottom: 30 },
      legend: { top: 0, left: 0, data: modes.map((mode) => names[mode]) },
      tooltip: { trigger: "item", formatter: ({ dataIndex, seriesName }) => tooltip(find(models[dataIndex], modeOf(seriesName))) },
      xAxis: { type: "category", data: models, axisLabel: { interval: 0, overflow: "truncate", width: 110 } },
      yAxis: { type: "value", min: 0, max: 1, axisLabel: { formatter: (value) => 100 * value + " %" } },
      series: modes.flatMap((mode, index) => [
        {
          name: names[mode],
          type: "bar",
          color: colors[mode],
          barMaxWidth: 56,
          barGap: "15%",
          data: models.map((model) => (find(model, mode) || {}).accuracy),
          label: { show: true, position: "insideBottom", color: "#fff", formatter: barLabel },
        },
        {
          name: names[mode],
          type: "custom",
          silent: true,
          z: 5,
          renderItem: whisker(modes.length, index),
          encode: { x: 0, y: [1, 2] },
          data: models.map((model, i) => [i, (find(model, mode) || {}).low, (find(model, mode) || {}).high]),
        },
      ]),
    };
  }

  function barLabel({ value }) {
    return Number.isFinite(value) ? (100 * value).toFixed(0) + " %" : "";
  }

  function modeOf(name) {
    return Object.keys(names).find((mode) => names[mode] === name);
  }

  function tooltip(row) {
    return `${row.model}, ${names[row.routes]}<br><b>${percent(row.accuracy)}</b> (${row.correct} of ${row.problems})<br>` +
      `95 % interval ${percent(row.low)} to ${percent(row.high)}`;
  }

  /** Draws an interval on the middle of its bar. */
  function whisker(bars, index) {
    return (params, api) => {
      if (Number.isNaN(api.value(1))) {
        return null;
      }
      const layout = api.barLayout({ barMaxWidth: 56, barGap: "15%", count: bars })[index];
      const x = api.coord([api.value(0), 0])[0] + layout.offsetCenter;
      const low = api.coord([0, api.value(1)])[1];
      const high = api.coord([0, api.value(2)])[1];
      const stroke = { stroke: COLORS.text, lineWidth: 1.4 };
      const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: stroke });
      return { type: "group", children: [line(x, low, x, high), line(x - 5, low, x + 5, low), line(x - 5, high, x + 5, high)] };
    };
  }

  function table() {
    return tableOf(
      { words: ["model", "split", "routes"], numbers: ["problems", "correct", "accuracy", "95 % interval"] },
      rows.map((row) => ({
        words: [row.model, row.split, row.routes],
        numbers: [number(row.problems, 9), number(row.correct, 9), percent(row.accuracy), percent(row.low) + " – " + percent(row.high)],
      }))
    );
  }

  function pairTable() {
    const signed = (share) => (share > 0 ? "+" : "") + (100 * share).toFixed(1);
    return tableOf(
      {
        words: ["model", "compared with", "split", "routes"],
        numbers: ["both right", "only the model", "only the other", "neither", "difference in points", "95 % interval", "p-value"],
      },
      pairs.map((pair) => ({
        words: [pair.model, pair["compared with"], pair.split, pair.routes],
        numbers: [
          ...["both right", "only the model", "only the other", "neither"].map((column) => number(pair[column], 9)),
          signed(pair.difference),
          signed(pair.low) + " – " + signed(pair.high),
          pair["p-value"] < 0.001 ? "< 0.001" : pair["p-value"].toFixed(3),
        ],
      }))
    );
  }

  function tableOf(header, lines) {
    const cells = (tag, line) => [
      ...line.words.map((text) => element(tag, {}, text)),
      ...line.numbers.map((text) => element(tag, { class: "number" }, text)),
    ];
    const body = lines.map((line) => element("tr", {}, ...cells("td", line)));
    return element("table", {}, element("thead", {}, element("tr", {}, ...cells("th", header))), element("tbody", {}, ...body));
  }
});
