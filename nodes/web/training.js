/* Curves of a training log: each panel appears if the log has figures for it. */
"use strict";

RealmView.start(({ log }) => {
  const { COLORS, chart, element, figures, number, percent } = RealmView;
  const steps = log.step;

  const values = (column) => (log[column] || []).some((value) => value !== null) ? log[column] : null;

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

  function curves({ name, column, color, area, exact }) {
    const raw = values(column);
    if (!raw) {
      return [];
    }
    if (area) {
      return [
        { name, type: "line", data: points(raw), color, symbol: "none", lineStyle: { width: 1 }, areaStyle: { opacity: 0.15 } },
      ];
    }
    const many = raw.length > 20;
    const line = { name, type: "line", color, symbol: many ? "none" : "circle", lineStyle: { width: 2.2 } };
    const noise = { name, type: "line", color, symbol: "none", lineStyle: { width: 1, opacity: 0.3 }, tooltip: { show: false } };
    return many && !exact
      ? [{ ...noise, data: points(raw), silent: true }, { ...line, data: points(smoothed(raw)) }]
      : [{ ...line, data: points(raw) }];
  }

  function panel(parent, title, hint, lines, axis = {}) {
    const series = lines.flatMap(curves);
    if (!series.length) {
      return;
    }
    chart(parent, title, hint, {
      grid: { left: 56, right: 16, top: 36, bottom: 34 },
      legend: { top: 0, left: 0, icon: "roundRect", itemWidth: 14, itemHeight: 4 },
      tooltip: { trigger: "axis", valueFormatter: (value) => number(Array.isArray(value) ? value[1] : value) },
      xAxis: { type: "value", name: "step", nameLocation: "middle", nameGap: 22, min: steps[0], max: steps[steps.length - 1],
               splitLine: { show: false } },
      yAxis: { type: "value", scale: true, axisLabel: { formatter: (value) => number(value) }, ...axis },
      series,
    });
  }

  function summary() {
    const end = Math.max(1, Math.round(steps.length / 10));
    const late = (column) => (values(column) ? mean(values(column).slice(-end)) : null);
    const entries = [["steps", number(steps.length, 6)]];
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
    figures(document.body, entries);
  }

  summary();
  const grid = element("div", { class: "grid" });
  document.body.append(grid);
  const share = { min: 0, max: 1, scale: false, axisLabel: { formatter: (value) => 100 * value + " %" } };
  panel(grid, "Right answers", "With and without external routes, while guidance fades", [
    { name: "guidance", column: "guidance", color: COLORS.grey, area: true },
    { name: "with routes", column: "reward guided", color: COLORS.accent },
    { name: "without routes", column: "reward unguided", color: COLORS.warm },
    { name: "held-out problems, without routes", column: "held-out accuracy", color: COLORS.good, exact: true },
  ], share);
  panel(grid, "Reward", "Mean over all completions of a step, and its parts", [
    { name: "reward", column: "reward", color: COLORS.accent },
    { name: "outcome", column: "outcome reward", color: COLORS.good },
    { name: "process", column: "process reward", color: COLORS.warm },
    { name: "format", column: "format reward", color: COLORS.grey },
  ]);
  panel(grid, "Loss", "What a step minimises", [
    { name: "loss", column: "loss", color: COLORS.accent },
    { name: "internalisation", column: "internalisation loss", color: COLORS.warm },
    { name: "contrasted steps", column: "contrast loss", color: COLORS.good },
  ]);
  panel(grid, "Lost completions", "Groups without signal, completions without the right form, cut-off completions, clipped tokens", [
    { name: "groups without signal", column: "zero variance share", color: COLORS.warm },
    { name: "without the right form", column: "flawed share", color: COLORS.accent },
    { name: "cut off", column: "truncated share", color: COLORS.bad },
    { name: "clipped", column: "clip share", color: COLORS.grey },
  ], share);
  panel(grid, "Entropy", "How varied the completions are; near 0 the model has stopped trying things out", [
    { name: "entropy", column: "entropy", color: COLORS.accent },
  ]);
  panel(grid, "Distance from the model at the start", "KL divergence, in nats a token", [
    { name: "KL", column: "kl", color: COLORS.accent },
  ]);
  panel(grid, "Change per step", "KL divergence of the model before a step from that after it, in nats per token", [
    { name: "KL of the step", column: "step kl", color: COLORS.accent },
  ]);
  panel(grid, "Length of completions", "In tokens", [
    { name: "tokens", column: "completion length", color: COLORS.accent },
  ]);
  panel(grid, "Routes and rules shown", "In a prompt, on average", [
    { name: "routes", column: "routes shown", color: COLORS.accent, exact: true },
    { name: "rules", column: "rules shown", color: COLORS.grey, exact: true },
  ]);
  panel(grid, "Gradient norm", "Before clipping; jumps are a sign of too high a learning rate", [
    { name: "gradient norm", column: "gradient norm", color: COLORS.accent },
  ]);
  panel(grid, "Learning rate", null, [{ name: "learning rate", column: "learning rate", color: COLORS.accent, exact: true }], {
    scale: false,
    axisLabel: { formatter: (value) => value.toExponential(1) },
  });
});
