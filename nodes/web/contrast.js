/* A right and a wrong route to the same problem side by side, with the decisive step marked. */
"use strict";

RealmView.start(({ pairs, steps }) => {
  const { COLORS, chart, element, number } = RealmView;
  document.head.append(
    element(
      "style",
      {},
      `
      .choose { display: flex; gap: 8px; align-items: center; margin-bottom: 12px; }
      .choose select { max-width: 60%; }
      .question { background: #f5f3f9; border-left: 4px solid ${COLORS.accent}; padding: 8px 12px; margin-bottom: 14px; }
      .routes { display: grid; grid-template-columns: 1fr 1fr; gap: 20px; margin-bottom: 16px; }
      .route h2 { padding: 4px 10px; border-radius: 5px; color: #fff; }
      .right h2 { background: ${COLORS.good}; }
      .wrong h2 { background: ${COLORS.bad}; }
      .step { display: grid; grid-template-columns: 24px 1fr auto; gap: 6px; padding: 5px 8px; border: 1px solid #e3e5ea;
              border-radius: 5px; margin-top: 6px; overflow-wrap: anywhere; }
      .step .place { color: #8a919e; }
      .step.parted { background: #fafafa; }
      .right .decisive { border: 2px solid ${COLORS.good}; background: #ecf8f0; }
      .wrong .decisive { border: 2px solid ${COLORS.bad}; background: #fcecee; }
      .note { grid-column: 2 / 4; font-size: 12px; color: #5f6673; }
      .note.error { color: ${COLORS.bad}; }
      .credit { font-size: 12px; font-variant-numeric: tabular-nums; white-space: nowrap; }
      @media (max-width: 640px) { .routes { grid-template-columns: 1fr; } }
    `
    )
  );
  if (!pairs.pair.length) {
    document.body.append(element("p", {}, "No problem has both a right and a wrong route, so there is nothing to contrast."));
    return;
  }

  const byPair = new Map(pairs.pair.map((pair) => [pair, { right: [], wrong: [] }]));
  steps.pair.forEach((pair, i) => {
    const step = Object.fromEntries(Object.keys(steps).map((column) => [column, steps[column][i]]));
    byPair.get(pair)[step.right ? "right" : "wrong"].push(step);
  });

  let curve = null;
  const select = element(
    "select",
    { "aria-label": "Pair of routes" },
    ...pairs.pair.map((pair, i) =>
      element("option", { value: i }, `${pairs["problem id"][i]}: ${pairs["positive source"][i]} / ${pairs["negative source"][i]}`)
    )
  );
  const content = element("div");
  const move = (by) => {
    select.selectedIndex = Math.min(pairs.pair.length - 1, Math.max(0, select.selectedIndex + by));
    show();
  };
  const button = (text, by) => {
    const node = element("button", { type: "button" }, text);
    node.addEventListener("click", () => move(by));
    return node;
  };
  select.addEventListener("change", show);
  document.body.append(
    element("div", { class: "choose" }, button("Previous", -1), select, button("Next", 1), element("span", { class: "hint" }, `${pairs.pair.length} pairs`)),
    content
  );
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
        reference ? element("div", { class: "hint" }, "Reference answer: " + reference) : null
      ),
      element("div", { class: "routes" }, route("right", "positive", i, right), route("wrong", "negative", i, wrong))
    );
    values(right, wrong);
  }

  function route(kind, prefix, i, ofRoute) {
    const answer = pairs[prefix + " answer"][i];
    const title = `${kind === "right" ? "Right" : "Wrong"}: ${pairs[prefix + " source"][i]}${answer ? ", answer " + answer : ""}`;
    return element(
      "div",
      { class: "route " + kind },
      element("h2", {}, title),
      element("p", { class: "hint" }, `${pairs[prefix + " reason"][i]} (process score ${number(pairs[prefix + " score"][i])})`),
      ...ofRoute.map((step) => stepElement(step, pairs["diverges at step"][i]))
    );
  }

  function stepElement(step, divergesAt) {
    const parted = divergesAt > 0 && step.step >= divergesAt;
    const credit = element("span", { class: "credit", title: "change of the share of right routes" }, signed(step.credit));
    credit.style.color = step.credit < -0.005 ? COLORS.bad : step.credit > 0.005 ? COLORS.good : COLORS.grey;
    return element(
      "div",
      { class: `step ${parted ? "parted" : ""} ${step.decisive ? "decisive" : ""}` },
      element("span", { class: "place" }, String(step.step)),
      element("span", {}, step.text),
      credit,
      step.decisive ? element("span", { class: "note" }, "Decisive step") : null,
      step.step === divergesAt ? element("span", { class: "note" }, "Here the routes part") : null,
      step["wrong claims"] ? element("span", { class: "note error" }, step["wrong claims"]) : null
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
      data: ofRoute.map((step) => ({ value: [step.step, step.value], symbolSize: step.decisive ? 14 : 7, symbol: step.decisive ? "diamond" : "circle" })),
    });
    const last = Math.max(right.length, wrong.length);
    if (curve) {
      curve.dispose();
    }
    curve = chart(
      content,
      "Value of the steps",
      "Share of right routes among all routes that begin with the same steps; diamonds are decisive steps",
      {
        grid: { left: 52, right: 16, top: 32, bottom: 36 },
        legend: { top: 0, left: 0 },
        tooltip: { trigger: "item", formatter: ({ seriesName, value }) => `${seriesName}, step ${value[0]}: ${number(value[1])}` },
        xAxis: { type: "value", min: 1, max: Math.max(2, last), minInterval: 1, name: "step", nameLocation: "middle", nameGap: 22 },
        yAxis: { type: "value", min: 0, max: 1 },
        series: [series("right route", COLORS.good, right), series("wrong route", COLORS.bad, wrong)],
      },
      220
    );
  }
});
