/* Accuracy of models with 95 % intervals: what stands out, a chart for each split, two models compared, all scores. */
"use strict";

RealmView.start((data, main) => {
  const { element, rows, percent, count } = RealmView;
  const { COLORS, chart, lines } = RealmCharts;
  const scores = rows(data.scores);
  const distinct = (column) => [...new Set(scores.map((row) => row[column]))];
  const bar = { barMaxWidth: 20, barGap: "15%", barCategoryGap: "24%" };
  const names = { without: "without routes", with: "with routes" };
  const find = (split, model, mode) =>
    scores.find((row) => row.split === split && row.model === model && row.routes === mode);

  if (!scores.length) {
    main.append(element("p", {}, "There are no scores."));
    return;
  }
  const comparison = data.answers && data.problems ? RealmCompare.of(data) : null;
  if (comparison) {
    RealmCompare.findings(main, comparison);
  }
  const grid = element("div", { class: "grid" });
  main.append(grid);
  distinct("split").forEach((split) => scoreChart(split));
  if (comparison) {
    RealmCompare.section(main, comparison);
  }
  table();

  function scoreChart(split) {
    const ofSplit = scores.filter((row) => row.split === split);
    const models = [...new Set(ofSplit.map((row) => row.model))];
    const modes = Object.keys(names).filter((mode) => ofSplit.some((row) => row.routes === mode));
    const texts = {
      title: `Accuracy on '${split}'`,
      hint: `${count(ofSplit[0].problems)} problems; the whiskers are 95 % intervals`,
      label: ofSplit.map((row) => `${row.model} ${names[row.routes]}: ${percent(row.accuracy)}`).join("; "),
    };
    chart(grid, texts, option(split, models, modes), 40 + models.length * (14 + 22 * modes.length));
  }

  function option(split, models, modes) {
    return {
      grid: { left: 126, right: 58, top: 6, bottom: 26 },
      legend: modes.map((mode) => ({ name: names[mode], color: COLORS[mode] })),
      tooltip: {
        trigger: "item",
        formatter: ({ dataIndex, seriesId }) => tooltip(find(split, models[dataIndex], seriesId)),
      },
      yAxis: {
        type: "category",
        data: models,
        inverse: true,
        axisLabel: { interval: 0, width: 112, overflow: "break", lineHeight: 14, color: COLORS.ink },
      },
      xAxis: { type: "value", min: 0, max: 1, axisLabel: { formatter: (value) => Math.round(100 * value) + " %" } },
      series: modes.flatMap((mode, index) => [
        {
          id: mode,
          name: names[mode],
          type: "bar",
          color: COLORS[mode],
          ...bar,
          data: models.map((model) => find(split, model, mode)?.accuracy ?? null),
        },
        {
          name: names[mode],
          type: "custom",
          silent: true,
          z: 5,
          renderItem: whisker(modes.length, index),
          encode: { x: [1, 2], y: 0 },
          data: models.flatMap((model, i) => {
            const row = find(split, model, mode);
            return row ? [[i, row.low, row.high, row.accuracy]] : [];
          }),
        },
      ]),
    };
  }

  function tooltip(row) {
    return lines(
      `${row.model}, ${names[row.routes]}`,
      `${percent(row.accuracy)} (${count(row.correct)} of ${count(row.problems)})`,
      `95 % interval ${percent(row.low)} to ${percent(row.high)}`,
    );
  }

  /** Draws an interval on the middle of its bar, and the figure behind it. */
  function whisker(bars, index) {
    return (params, api) => {
      const layout = api.barLayout({ ...bar, count: bars })[index];
      const y = api.coord([0, api.value(0)])[1] + layout.offsetCenter;
      const [low, high] = [api.coord([api.value(1), 0])[0], api.coord([api.value(2), 0])[0]];
      const line = (x1, y1, x2, y2) => ({
        type: "line",
        shape: { x1, y1, x2, y2 },
        style: { stroke: COLORS.ink, lineWidth: 1.4 },
      });
      const text = {
        type: "text",
        x: high + 6,
        y,
        style: { text: percent(api.value(3)), fill: COLORS.ink, verticalAlign: "middle", fontSize: 12 },
      };
      return {
        type: "group",
        children: [line(low, y, high, y), line(low, y - 5, low, y + 5), line(high, y - 5, high, y + 5), text],
      };
    };
  }

  function table() {
    const text = (title, column) => ({ title, value: (row) => row[column] });
    const figure = (title, column, format) => ({
      title,
      number: true,
      value: (row) => row[column],
      text: (row) => format(row[column]),
    });
    const section = element("section", {}, element("h2", {}, "All scores"));
    main.append(section);
    RealmTable.table(
      section,
      "Accuracy of every model with its 95 % interval",
      [
        text("model", "model"),
        text("split", "split"),
        text("routes", "routes"),
        figure("problems", "problems", count),
        figure("correct", "correct", count),
        figure("accuracy", "accuracy", percent),
        figure("from", "low", percent),
        figure("to", "high", percent),
      ],
      scores,
    );
  }
});
