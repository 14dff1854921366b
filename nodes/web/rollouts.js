/* What a model wrote in training: step by step, the completions of a prompt side by side. */
"use strict";

const RealmRollouts = (() => {
  const { element, rows, choice, input, number, count } = RealmView;

  const FILTERS = {
    all: ["all groups", () => true],
    wrong: ["with a wrong answer", (group) => group.members.some((one) => one.outcome === 0)],
    cut: ["with a completion that was cut off", (group) => group.members.some((one) => one["cut off"])],
    silent: ["without signal: all earned the same", (group) => group.silent],
    mixed: ["with right and wrong answers", (group) => group.right > 0 && group.right < group.members.length],
    guided: ["with routes in the prompt", (group) => group.shown > 0],
    alone: ["without routes in the prompt", (group) => group.shown === 0],
  };

  /** The completions of each prompt; those of one prompt follow each other. */
  function groups(completions) {
    const found = [];
    rows(completions).forEach((row) => {
      const last = found[found.length - 1];
      if (last && last.step === row.step && last.id === row["problem id"] && last.prompt === row.prompt) {
        last.members.push(row);
      } else {
        found.push({
          step: row.step,
          id: row["problem id"],
          prompt: row.prompt,
          reference: row.reference,
          shown: row["routes shown"],
          members: [row],
        });
      }
    });
    found.forEach((group) => {
      const rewards = group.members.map((one) => one.reward);
      group.silent = Math.max(...rewards) - Math.min(...rewards) < 1e-6;
      group.right = group.members.filter((one) => one.outcome > 0).length;
    });
    return found;
  }

  function browse(parent, completions, isCut) {
    const all = groups(completions);
    const steps = [...new Set(all.map((group) => group.step))];
    const state = { filter: "all", step: steps[0], wanted: "", everyStep: false };
    const status = element("p", { class: "hint", role: "status" });
    const list = element("div");
    const filter = choice(
      "Groups",
      Object.entries(FILTERS).map(([key, [text]]) => [key, text]),
      "all",
      (key) => change({ filter: key }),
    );
    const scope = choice(
      "Steps",
      [
        ["one", "the step of the slider"],
        ["every", "every step"],
      ],
      "one",
      (value) => change({ everyStep: value === "every" }),
    );
    const slider = input("", { type: "range", min: 0, max: steps.length - 1, value: 0 }, (i) =>
      change({ step: steps[i] }),
    );
    const search = input("Search in prompts and completions", { type: "search" }, (text) =>
      change({ wanted: text.trim().toLowerCase() }),
    );
    parent.append(
      element(
        "p",
        { class: "hint" },
        "A sample of what the model wrote. Completions of one prompt are compared with each other: " +
          "those with a reward above the group's mean become likelier." +
          (isCut ? " Only the first steps are here: there are too many completions for a page." : ""),
      ),
      element("div", { class: "controls" }, slider, scope, filter, search),
      status,
      list,
    );
    change({});

    function change(values) {
      Object.assign(state, values);
      slider.querySelector("label").textContent = `Step ${state.step}`;
      slider.field.setAttribute("aria-valuetext", `step ${state.step}`);
      slider.field.disabled = state.everyStep;
      const [, accepts] = FILTERS[state.filter];
      const found = all.filter(
        (group) => (state.everyStep || group.step === state.step) && accepts(group) && contains(group, state.wanted),
      );
      show(found, state.everyStep ? all.length : all.filter((group) => group.step === state.step).length);
    }

    function show(found, of) {
      const most = 40;
      status.textContent =
        `${count(found.length)} of ${count(of)} groups` + (found.length > most ? `; the first ${most} are shown` : "");
      list.replaceChildren(...found.slice(0, most).map(group));
    }
  }

  function contains(group, wanted) {
    return (
      !wanted ||
      [group.id, group.prompt, ...group.members.map((one) => one.completion)].some((text) =>
        text.toLowerCase().includes(wanted),
      )
    );
  }

  function group({ step, id, prompt, reference, shown, members, silent, right }) {
    const routes = shown === 0 ? "no routes shown" : shown === 1 ? "1 route shown" : `${shown} routes shown`;
    return element(
      "section",
      { class: "group" },
      element("h2", {}, `${id}, step ${step}`),
      element(
        "p",
        { class: "hint" },
        `${right} of ${members.length} right; ${routes}; reference answer: ${reference}` +
          (silent ? "; without signal, as all earned the same" : ""),
      ),
      element("details", {}, element("summary", {}, "Prompt"), element("div", { class: "text" }, prompt)),
      element("div", { class: "side" }, members.map(card)),
    );
  }

  function card(one, i) {
    const fact = (name, value) =>
      value === null ? null : element("div", {}, element("dt", {}, name), element("dd", {}, number(value, 2)));
    return element(
      "div",
      { class: "card " + (one.outcome > 0 ? "good" : "bad") },
      element(
        "h3",
        {},
        `Completion ${i + 1}: ${one.outcome > 0 ? "right" : "wrong"}${one["cut off"] ? ", cut off" : ""}`,
      ),
      element(
        "dl",
        {},
        fact("advantage", one.advantage),
        fact("reward", one.reward),
        fact("process", one.process),
        fact("format", one.format),
      ),
      one.flaw ? element("p", { class: "down" }, one.flaw) : null,
      element("div", { class: "text" }, one.completion),
    );
  }

  return { browse };
})();
