/* Two models, or one with and without routes, problem by problem. */
"use strict";

const RealmCompare = (() => {
  const { element, rows, choice, percent, count } = RealmView;

  /** Below this a difference is called one; above it, it may be chance. */
  const LEVEL = 0.05;
  /** Problems listed at first, and more at each press of the button below them. */
  const PAGE = 20;
  const names = { without: "without routes", with: "with routes" };

  /** Every model and mode that answered, with its answers by problem. */
  function of(data) {
    const problems = rows(data.problems);
    const runs = new Map();
    rows(data.answers).forEach((answer) => {
      const key = JSON.stringify([answer.model, answer.routes]);
      if (!runs.has(key)) {
        const name = answer.vote ? answer.model : `${answer.model} ${names[answer.routes]}`;
        runs.set(key, { key, name, model: answer.model, routes: answer.routes, vote: answer.vote, answers: [] });
      }
      runs.get(key).answers[answer.problem] = answer;
    });
    const splits = [...new Set(problems.map((problem) => problem.split))];
    return { problems, runs: [...runs.values()], splits, cut: (data.cut || []).includes("answers") };
  }

  /** Numbers of problems by who solved them. */
  function outcome(comparison, split, a, b) {
    const groups = { both: [], onlyA: [], onlyB: [], neither: [] };
    comparison.problems.forEach((problem, i) => {
      const [ofA, ofB] = [a.answers[i], b.answers[i]];
      if ((split === null || problem.split === split) && ofA && ofB) {
        groups[ofA.correct ? (ofB.correct ? "both" : "onlyA") : ofB.correct ? "onlyB" : "neither"].push(i);
      }
    });
    const problems = Object.values(groups).reduce((sum, group) => sum + group.length, 0);
    const [onlyA, onlyB] = [groups.onlyA.length, groups.onlyB.length];
    return {
      groups,
      problems,
      accuracyA: (groups.both.length + onlyA) / problems,
      accuracyB: (groups.both.length + onlyB) / problems,
      p: RealmPaired.mcNemar(onlyA, onlyB),
      ...RealmPaired.difference(onlyA, onlyB, problems),
    };
  }

  const points = (share) => `${Math.abs(100 * share).toFixed(1)} points`;
  const chance = (p) => (p < 0.001 ? "p < 0.001" : "p = " + p.toFixed(p < 0.1 ? 3 : 2));
  const on = (split) => (split === null ? "On all problems" : `On '${split}'`);

  /** What a comparison comes to, in one sentence. */
  function sentence(split, a, b, { problems, accuracyA, accuracyB, value, low, high, p }) {
    if (!problems) {
      return `${on(split)}, ${a.name} and ${b.name} have answered no problem in common.`;
    }
    const figures = `${percent(accuracyA)} against ${percent(accuracyB)}`;
    const which = value < 0 ? "worse" : "better";
    if (p >= LEVEL) {
      return (
        `${on(split)}, ${a.name} and ${b.name} do not differ by more than chance would ` +
        `(${figures}; exact McNemar test, ${chance(p)}).`
      );
    }
    const ends = value < 0 ? [-high, -low] : [low, high];
    const interval = ends.map((end) => (100 * end).toFixed(1)).join(" to ");
    return (
      `${on(split)}, ${a.name} is ${which} than ${b.name} by ${points(value)} ` +
      `(${figures}; 95 % interval ${interval}; exact McNemar test, ${chance(p)}).`
    );
  }

  /** What a reader should know first: training against the start, and help that does harm. */
  function findings(parent, comparison) {
    const own = comparison.runs.filter((run) => !run.vote);
    const run = (model, routes) => own.find((one) => one.model === model && one.routes === routes);
    const models = [...new Set(own.map((one) => one.model))];
    const [first, last] = [models[0], models[models.length - 1]];
    const said = comparison.splits.flatMap((split) => {
      const pairs = models.length > 1 ? [[run(last, "without"), run(first, "without")]] : [];
      const harm = models
        .map((model) => [run(model, "with"), run(model, "without")])
        .filter(([a, b]) => {
          const found = a && b ? outcome(comparison, split, a, b) : null;
          return found !== null && found.problems > 0 && found.value < 0 && found.p < LEVEL;
        });
      return [...pairs, ...harm].map(([a, b]) => sentence(split, a, b, outcome(comparison, split, a, b)));
    });
    if (said.length) {
      parent.append(
        element(
          "section",
          { class: "findings", "aria-label": "What stands out" },
          element(
            "ul",
            {},
            said.map((text) => element("li", {}, text)),
          ),
        ),
      );
    }
  }

  const TITLES = { both: "both right", onlyA: "only A right", onlyB: "only B right", neither: "neither right" };

  function section(parent, comparison) {
    const { runs, splits } = comparison;
    if (runs.length < 2) {
      return;
    }
    const own = runs.filter((run) => !run.vote && run.routes === "without");
    const state = {
      a: own[own.length - 1] || runs[0],
      b: own.length > 1 ? own[0] : runs.find((run) => run !== own[0]),
      split: splits.length === 1 ? splits[0] : null,
      group: "onlyB",
      limit: PAGE,
    };
    const result = element("div");
    const change = (values) => {
      Object.assign(state, { limit: PAGE }, values);
      show();
    };
    const options = runs.map((run) => [run.key, run.name]);
    const byKey = (key) => runs.find((run) => run.key === key);
    const controls = element(
      "div",
      { class: "controls" },
      choice("A", options, state.a.key, (key) => change({ a: byKey(key) })),
      choice("B", options, state.b.key, (key) => change({ b: byKey(key) })),
      splits.length > 1
        ? choice("Problems", [["", "all"], ...splits.map((split, i) => [String(i), split])], "", (i) =>
            change({ split: i === "" ? null : splits[i] }),
          )
        : null,
    );
    parent.append(
      element(
        "section",
        { class: "compare" },
        element("h2", {}, "Compare two models"),
        comparison.cut
          ? element("p", { class: "hint" }, "Only the first answers are here: there are too many for a page.")
          : null,
        controls,
        result,
      ),
    );
    show();

    function show() {
      const found = outcome(comparison, state.split, state.a, state.b);
      const quarter = ([group, title]) =>
        element(
          "button",
          { type: "button", "aria-pressed": String(group === state.group), click: () => refocus(group) },
          element("b", {}, count(found.groups[group].length)),
          title,
        );
      result.replaceChildren(
        element("p", { role: "status" }, sentence(state.split, state.a, state.b, found)),
        element("div", { class: "quarters" }, Object.entries(TITLES).map(quarter)),
        ...list(found.groups[state.group]),
      );
    }

    function refocus(group) {
      change({ group });
      result.querySelector("[aria-pressed=true]").focus();
    }

    function list(group) {
      if (!group.length) {
        return [element("p", { class: "hint" }, `No problem with ${TITLES[state.group]}.`)];
      }
      return [
        ...group.slice(0, state.limit).map((i) => problem(comparison.problems[i], state.a, state.b, i)),
        group.length > state.limit
          ? element(
              "p",
              {},
              element(
                "button",
                { type: "button", click: () => change({ limit: state.limit + 5 * PAGE }) },
                `Show more of ${count(group.length)} problems`,
              ),
            )
          : "",
      ];
    }
  }

  /** One problem, closed at first, with both texts. */
  function problem({ id, question, reference }, a, b, i) {
    return element(
      "details",
      {},
      element("summary", {}, `${id}: ${question.length > 110 ? question.slice(0, 110) + "…" : question}`),
      element(
        "div",
        { class: "question" },
        question,
        element("div", { class: "hint" }, "Reference answer: " + reference),
      ),
      element("div", { class: "side" }, card("A", a, a.answers[i]), card("B", b, b.answers[i])),
    );
  }

  function card(letter, run, { answer, correct, truncated, completion }) {
    return element(
      "div",
      { class: "card " + (correct ? "good" : "bad") },
      element("h3", {}, `${letter}: ${run.name}`),
      element(
        "p",
        { class: correct ? "up" : "down" },
        `${correct ? "Right" : "Wrong"}: ${answer === null ? "no answer" : answer}${truncated ? ", cut off" : ""}`,
      ),
      completion ? element("div", { class: "text" }, completion) : element("p", { class: "hint" }, "no text"),
    );
  }

  return { of, findings, section };
})();
