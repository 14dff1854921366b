/* Curves of a training log: each panel appears if the log has figures for it. */
"use strict";

RealmView.start(({ log, completions, cut }, page) => {
  const { element, figures, tabs, number, count, percent } = RealmView;
  const { COLORS, chart } = RealmCharts;
  const steps = log.step;
  if (!steps.length) {
    page.append(element("p", {}, "No step was finished, so there is nothing to show."));
    return;
  }
  const main = element("div");

  const values = (column) => ((log[column] || []).some((value) => value !== null) ? log[column] : null);

  /** Mean of the values in a window around each step that has one, which shows the trend through the noise. */
  function smoothed(raw) {
    const reach = Math.floor(raw.length / 30);
    return raw.map((value, i) => (value === null ? null : mean(raw.slice(Math.max(0, i - reach), i + reach + 1))));
  }

  function mean(raw) {
    const present = raw.filter((value) => value !== null);
    return present.length ? present.reduce((a, b) => a + b, 0) / present.length : null;
  }

  const points = (raw) => raw.map((value, i) => [steps[i], value]).filter((point) => point[1] !== null);

  function curves({ name, column, color, area, exact, dashed }) {
    const raw = values(column);
    if (!raw) {
      return [];
    }
    if (area) {
      return [
        {
          name,
          type: "line",
          data: points(raw),
          color,
          symbol: "none",
          lineStyle: { width: 1 },
          areaStyle: { opacity: 0.15 },
        },
      ];
    }
    const many = raw.length > 20;
    const line = {
      name,
      type: "line",
      color,
      symbol: many && !dashed ? "none" : "circle",
      lineStyle: { width: 2.2, type: dashed ? "dotted" : "solid" },
    };
    const noise = {
      name,
      type: "line",
      color,
      symbol: "none",
      lineStyle: { width: 1, opacity: 0.3 },
      tooltip: { show: false },
    };
    return many && !exact
      ? [
          { ...noise, data: points(raw), silent: true },
          { ...line, data: points(smoothed(raw)) },
        ]
      : [{ ...line, data: points(raw) }];
  }

  function panel(parent, title, hint, lines, axis = {}) {
    const series = lines.flatMap(curves);
    if (!series.length) {
      return;
    }
    chart(
      parent,
      { title, hint, label: spoken(title, lines) },
      {
        grid: { left: 56, right: 16, top: 12, bottom: 34 },
        legend: lines.filter(({ column }) => values(column)),
        tooltip: { trigger: "axis", valueFormatter: (value) => number(Array.isArray(value) ? value[1] : value) },
        xAxis: {
          type: "value",
          name: "step",
          nameLocation: "middle",
          nameGap: 22,
          min: steps[0],
          max: steps[steps.length - 1],
          splitLine: { show: false },
        },
        yAxis: { type: "value", scale: true, axisLabel: { formatter: (value) => number(value) }, ...axis },
        series,
      },
    );
  }

  /** What a screen reader says of a panel. */
  function spoken(title, lines) {
    const ends = lines.flatMap(({ name, column }) => {
      const known = points(values(column) || []);
      return known.length ? [`${name} from ${number(known[0][1])} to ${number(known[known.length - 1][1])}`] : [];
    });
    return `${title}, step ${steps[0]} to ${steps[steps.length - 1]}: ${ends.join("; ")}`;
  }

  function summary() {
    const end = Math.max(1, Math.round(steps.length / 10));
    const late = (column) => (values(column) ? mean(values(column).slice(-end)) : null);
    const entries = [["steps", count(steps.length)]];
    [
      ["right answers with routes", "reward guided", percent],
      ["right answers without routes", "reward unguided", percent],
      ["held-out problems, without routes", "held-out accuracy", percent],
      ["reward", "reward", number],
      ["loss", "loss", number],
      ["tokens per second", "tokens per second", number],
    ].forEach(([label, column, format]) => {
      if (late(column) !== null) {
        entries.push([label + ", last tenth", format(late(column))]);
      }
    });
    figures(main, entries);
  }

  summary();
  const grid = element("div", { class: "grid" });
  main.append(grid);
  const share = { min: 0, max: 1, scale: false, axisLabel: { formatter: (value) => Math.round(100 * value) + " %" } };
  panel(
    grid,
    "Right answers",
    "With and without external routes, while guidance fades",
    [
      { name: "guidance", column: "guidance", color: COLORS.grey, area: true },
      { name: "with routes", column: "reward guided", color: COLORS.with },
      { name: "without routes", column: "reward unguided", color: COLORS.without },
      {
        name: "held-out problems, without routes",
        column: "held-out accuracy",
        color: COLORS.without,
        exact: true,
        dashed: true,
      },
    ],
    share,
  );
  panel(grid, "Reward", "Mean over all completions of a step, and its parts", [
    { name: "reward", column: "reward", color: COLORS.one },
    { name: "outcome", column: "outcome reward", color: COLORS.good },
    { name: "process", column: "process reward", color: COLORS.two },
    { name: "format", column: "format reward", color: COLORS.grey },
  ]);
  panel(grid, "Loss", "What a step minimises", [
    { name: "loss", column: "loss", color: COLORS.one },
    { name: "internalisation", column: "internalisation loss", color: COLORS.two },
    { name: "contrasted steps", column: "contrast loss", color: COLORS.good },
  ]);
  panel(
    grid,
    "Lost completions",
    "Groups without signal, completions without the right form, cut-off completions, clipped tokens",
    [
      { name: "groups without signal", column: "zero variance share", color: COLORS.two },
      { name: "without the right form", column: "flawed share", color: COLORS.one },
      { name: "cut off", column: "truncated share", color: COLORS.bad },
      { name: "clipped", column: "clip share", color: COLORS.grey },
    ],
    share,
  );
  panel(grid, "Entropy", "How varied the completions are; near 0 the model has stopped trying things out", [
    { name: "entropy", column: "entropy", color: COLORS.one },
  ]);
  panel(grid, "Distance from the model at the start", "KL divergence, in nats per token", [
    { name: "KL", column: "kl", color: COLORS.one },
  ]);
  panel(grid, "Change per step", "KL divergence of the model before a step from that after it, in nats per token", [
    { name: "KL of the step", column: "step kl", color: COLORS.one },
  ]);
  panel(grid, "Length of completions", "In tokens", [
    { name: "tokens", column: "completion length", color: COLORS.one },
  ]);
  panel(grid, "Routes and rules shown", "In a prompt, on average", [
    { name: "routes", column: "routes shown", color: COLORS.one, exact: true },
    { name: "rules", column: "rules shown", color: COLORS.grey, exact: true },
  ]);
  panel(grid, "Gradient norm", "Before clipping; jumps are a sign of too high a learning rate", [
    { name: "gradient norm", column: "gradient norm", color: COLORS.one },
  ]);
  panel(
    grid,
    "Learning rate",
    null,
    [{ name: "learning rate", column: "learning rate", color: COLORS.one, exact: true }],
    {
      scale: false,
      axisLabel: { formatter: (value) => value.toExponential(1) },
    },
  );

  if (completions && completions.step.length) {
    const browser = element("div");
    RealmRollouts.browse(browser, completions, (cut || []).includes("completions"));
    tabs(page, [
      ["Curves", main],
      ["Completions", browser],
    ]);
  } else {
    page.append(main);
  }
});
