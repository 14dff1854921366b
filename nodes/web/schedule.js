/* The curve of an induction schedule. */
"use strict";

RealmView.start(({ schedule }, main) => {
  const { percent, number } = RealmView;
  const { COLORS, chart, lines } = RealmCharts;
  const threshold = schedule.threshold.find((value) => value !== null);
  const hint =
    threshold === undefined
      ? "Share of external routes that prompts show"
      : "The most that prompts show. " +
        `Guidance is lowered by ${percent(schedule.decrement[0])} whenever the mean reward of ` +
        `${schedule.window[0]} steps reaches ${number(threshold)}.`;
  const data = schedule.progress.map((progress, i) => [progress, schedule.guidance[i]]);
  const autonomyBegins = firstOfFinalZeros(schedule);
  const share = (value) => Math.round(100 * value) + " %";
  chart(
    main,
    {
      title: "Guidance in the course of the training",
      hint,
      label:
        `Guidance falls from ${percent(schedule.guidance[0])}; ` +
        (autonomyBegins < 1 ? `from ${percent(autonomyBegins)} of the training on there is none` : "it does not end"),
    },
    {
      grid: { left: 60, right: 24, top: 24, bottom: 44 },
      tooltip: {
        trigger: "axis",
        formatter: ([point]) => lines(`progress ${percent(point.value[0])}`, `guidance ${percent(point.value[1])}`),
      },
      xAxis: {
        type: "value",
        min: 0,
        max: 1,
        name: "progress of the training",
        nameLocation: "middle",
        nameGap: 28,
        axisLabel: { formatter: share },
      },
      yAxis: { type: "value", min: 0, max: 1, axisLabel: { formatter: share } },
      series: [
        {
          type: "line",
          data,
          symbol: "none",
          color: COLORS.with,
          lineStyle: { width: 2.5 },
          areaStyle: { opacity: 0.12 },
          markArea:
            autonomyBegins < 1
              ? {
                  silent: true,
                  itemStyle: { color: COLORS.grey, opacity: 0.12 },
                  label: { color: COLORS.soft, position: "insideTop" },
                  data: [[{ name: "autonomy", xAxis: autonomyBegins }, { xAxis: 1 }]],
                }
              : undefined,
        },
      ],
    },
    320,
  );

  function firstOfFinalZeros({ progress, guidance }) {
    let i = guidance.length;
    while (i > 0 && guidance[i - 1] === 0) {
      i--;
    }
    return i < guidance.length ? progress[i] : 1;
  }
});
