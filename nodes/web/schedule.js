/* The curve of an induction schedule. */
"use strict";

RealmView.start(({ schedule }) => {
  const { COLORS, chart, percent, number } = RealmView;
  const threshold = schedule.threshold.find((value) => value !== null);
  const hint =
    threshold === undefined
      ? "Share of external routes that prompts show"
      : `The most that prompts show. Guidance is lowered by ${percent(schedule.decrement[0])} whenever the mean reward of ` +
        `${schedule.window[0]} steps reaches ${number(threshold)}.`;
  const data = schedule.progress.map((progress, i) => [progress, schedule.guidance[i]]);
  const autonomyBegins = firstOfFinalZeros(schedule);
  chart(
    document.body,
    "Guidance in the course of the training",
    hint,
    {
      grid: { left: 60, right: 24, top: 24, bottom: 44 },
      tooltip: { trigger: "axis", formatter: ([point]) => `progress ${percent(point.value[0])}<br>guidance ${percent(point.value[1])}` },
      xAxis: { type: "value", min: 0, max: 1, name: "progress of the training", nameLocation: "middle", nameGap: 28,
               axisLabel: { formatter: (value) => 100 * value + " %" } },
      yAxis: { type: "value", min: 0, max: 1, axisLabel: { formatter: (value) => 100 * value + " %" } },
      series: [
        {
          type: "line",
          data,
          symbol: "none",
          color: COLORS.accent,
          lineStyle: { width: 2.5 },
          areaStyle: { opacity: 0.12 },
          markArea:
            autonomyBegins < 1
              ? {
                  silent: true,
                  itemStyle: { color: COLORS.grey, opacity: 0.12 },
                  label: { color: "#5f6673", position: "insideTop" },
                  data: [[{ name: "autonomy", xAxis: autonomyBegins }, { xAxis: 1 }]],
                }
              : undefined,
        },
      ],
    },
    320
  );

  function firstOfFinalZeros({ progress, guidance }) {
    let i = guidance.length;
    while (i > 0 && guidance[i - 1] === 0) {
      i--;
    }
    return i < guidance.length ? progress[i] : 1;
  }
});
