/* A right and a wrong route to the same problem side by side, with the decisive step marked. */
"use strict";

RealmView.start(({ pairs, steps }, main) => {
  const { element, choice, number } = RealmView;
  const { COLORS, chart, lines } = RealmCharts;
  if (!pairs.pair.length) {
    main.append(element("p", {}, "No problem has both a right and a wrong route, so there is nothing to contrast."));
    return;
  }

  const byPair = new Map(pairs.pair.map((pair) => [pair, { right: [], wrong: [] }]));
  steps.pair.forEach((pair, i) => {
    const step = Object.fromEntries(Object.keys(steps).map((column) => [column, steps[column][i]]));
    byPair.get(pair)[step.right ? "right" : "wrong"].push(step);
  });

  let curve = null;
  const options = pairs.pair.map((pair, i) => [
    String(i),
    `${pairs["problem id"][i]}: ${pairs["positive source"][i]} / ${pairs["negative source"][i]}`,
  ]);
  const pair = choice(`Pair of routes, one of ${options.length}`, options, "0", () => show());
  pair.classList.add("grow");
  const select = pair.field;
  const content = element("div");
  const move = (by) => {
    select.selectedIndex = Math.min(options.length - 1, Math.max(0, select.selectedIndex + by));
    show();
  };
  const button = (text, by) => element("button", { type: "button", click: () => move(by) }, text);
  main.append(element("div", { class: "controls" }, button("Previous", -1), pair, button("Next", 1)), content);
  show();

  function show() {
    const i = select.selectedIndex;
    const { right, wrong } = byPair.get(pairs.pair[i]);
    const reference = pairs.reference[i];
    content.replaceChildren(
      element(
        "div",
        { class: "question" },
        pairs.question[i],
        reference ? element("div", { class: "hint" }, "Reference answer: " + reference) : null,
      ),
      element("div", { class: "routes" }, route("right", "positive", i, right), route("wrong", "negative", i, wrong)),
    );
    values(right, wrong);
  }

  function route(kind, prefix, i, ofRoute) {
    const answer = pairs[prefix + " answer"][i];
    const source = pairs[prefix + " source"][i];
    const title = `${kind === "right" ? "Right" : "Wrong"}: ${source}${answer ? ", answer " + answer : ""}`;
    return element(
      "div",
      { class: "route " + kind },
      element("h2", {}, title),
      element(
        "p",
        { class: "hint" },
        `${pairs[prefix + " reason"][i]} (process score ${number(pairs[prefix + " score"][i])})`,
      ),
      ...ofRoute.map((step) => stepElement(step, pairs["diverges at step"][i])),
    );
  }

  function stepElement(step, divergesAt) {
    const parted = divergesAt > 0 && step.step >= divergesAt;
    const way = step.credit < -0.005 ? "down" : step.credit > 0.005 ? "up" : "hint";
    const credit = element(
      "span",
      { class: "credit " + way, title: "change of the share of right routes" },
      signed(step.credit),
    );
    return element(
      "div",
      { class: `step ${parted ? "parted" : ""} ${step.decisive ? "decisive" : ""}` },
      element("span", { class: "place" }, String(step.step)),
      element("span", {}, step.text),
      credit,
      step.decisive ? element("span", { class: "note" }, "Decisive step") : null,
      step.step === divergesAt ? element("span", { class: "note" }, "Here the routes part") : null,
      step["wrong claims"] ? element("span", { class: "note failed" }, step["wrong claims"]) : null,
    );
  }

  function signed(value) {
    return (value >= 0 ? "+" : "−") + Math.abs(value).toFixed(2);
  }

  /** The share of right routes among those that took the same steps so far, along both routes. */
  function values(right, wrong) {
    const series = (name, color, ofRoute) => ({
      name,
      type: "line",
      color,
      lineStyle: { width: 2.2 },
      symbolSize: 7,
      data: ofRoute.map((step) => ({
        value: [step.step, step.value],
        symbolSize: step.decisive ? 14 : 7,
        symbol: step.decisive ? "diamond" : "circle",
      })),
    });
    const last = Math.max(right.length, wrong.length);
    if (curve) {
      curve.dispose();
    }
    curve = chart(
      content,
      {
        title: "Value of the steps",
        hint:
          "Share of right routes among all routes that begin with the same steps, smoothed;" +
          " diamonds are decisive steps",
        label: [
          ["right", right],
          ["wrong", wrong],
        ]
          .map(([name, ofRoute]) => `${name} route: ${ofRoute.map((step) => number(step.value, 2)).join(", ")}`)
          .join("; "),
      },
      {
        grid: { left: 52, right: 16, top: 12, bottom: 36 },
        legend: [
          { name: "right route", color: COLORS.good },
          { name: "wrong route", color: COLORS.bad },
        ],
        tooltip: {
          trigger: "item",
          formatter: ({ seriesName, value }) => lines(`${seriesName}, step ${value[0]}: ${number(value[1])}`),
        },
        xAxis: {
          type: "value",
          min: 1,
          max: Math.max(2, last),
          minInterval: 1,
          name: "step",
          nameLocation: "middle",
          nameGap: 22,
        },
        yAxis: { type: "value", min: 0, max: 1 },
        series: [series("right route", COLORS.good, right), series("wrong route", COLORS.bad, wrong)],
      },
      220,
    );
  }
});
