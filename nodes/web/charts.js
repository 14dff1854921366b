/*
 * Charts of Apache ECharts in the palette of view.css. They follow light, dark and paper, as colours are variables.
 */
"use strict";

const RealmCharts = (() => {
  const { element } = RealmView;
  const color = (name) => `var(--${name})`;
  const COLORS = Object.fromEntries(
    ["with", "without", "one", "two", "good", "bad", "grey", "ink", "soft", "line", "ground"].map((n) => [n, color(n)]),
  );

  // charts measure their text, so they need the font by name
  const FONT = 'system-ui, "Segoe UI", Roboto, sans-serif';

  /** What every axis, legend and tooltip looks like, under what a chart says itself. */
  function styled(option) {
    const axis = (given) => ({
      ...given,
      nameTextStyle: { color: COLORS.soft },
      axisLine: { lineStyle: { color: COLORS.grey }, ...given.axisLine },
      axisTick: { lineStyle: { color: COLORS.grey }, ...given.axisTick },
      axisLabel: { color: COLORS.soft, ...given.axisLabel },
      splitLine: { lineStyle: { color: COLORS.line }, ...given.splitLine },
    });
    return {
      animation: false,
      textStyle: { fontFamily: FONT, color: COLORS.ink },
      ...option,
      xAxis: axis(option.xAxis),
      yAxis: axis(option.yAxis),
      legend: undefined,
      tooltip: option.tooltip && {
        confine: true,
        backgroundColor: COLORS.ground,
        borderColor: COLORS.line,
        textStyle: { color: COLORS.ink },
        ...option.tooltip,
      },
      // a hovered colour is computed, which a variable cannot be
      series: option.series.map((series) => ({ ...series, emphasis: { disabled: true } })),
    };
  }

  /**
   * A titled chart, appended to the parent. It follows the parent's width.
   *
   * @param texts {title, hint, label}: what stands above it, and what a screen reader says in its place
   * @param option of ECharts, but that its legend is [{name, color, dashed}] and stands above the chart, where it can
   *     wrap; a tooltip's formatter must give a DOM element, never text with data in it, which is HTML
   */
  function chart(parent, { title, hint, label }, option, height) {
    const box = element("div", { class: "chart", role: "img", "aria-label": label || title });
    if (height) {
      box.style.height = height + "px";
    }
    parent.append(
      element(
        "section",
        {},
        element("h2", {}, title),
        hint ? element("p", { class: "hint" }, hint) : null,
        legend(option.legend),
        box,
      ),
    );
    const instance = echarts.init(box, null, { renderer: "svg" });
    instance.setOption(styled(option));
    new ResizeObserver(() => instance.resize()).observe(box);
    return instance;
  }

  function legend(entries) {
    return entries
      ? element(
          "ul",
          { class: "legend", "aria-hidden": "true" },
          entries.map(({ name, color, dashed }) => {
            const line = element("span");
            line.style.borderTopColor = color;
            line.style.borderTopStyle = dashed ? "dotted" : "solid";
            return element("li", {}, line, name);
          }),
        )
      : null;
  }

  /** The content of a tooltip: a line each. */
  function lines(...texts) {
    return element(
      "div",
      {},
      texts.map((text) => element("div", {}, text)),
    );
  }

  return { COLORS, chart, lines };
})();
