/*
 * What all pages share: where the data comes from, what is said when there is none, and small builders.
 *
 * A page calls RealmView.start(render); render(data, main) fills the page, where data is {table: {column: [values]}}.
 * Within KNIME the data is asked from the embedding window, by the messages of KNIME's UI extensions; a page that
 * stands on its own finds it in window.realm4knimeInitialData.
 */
"use strict";

const RealmView = (() => {
  let requests = 0;

  /** Asks the embedding window to call one of KNIME's methods. */
  function request(method, params) {
    const requestId = "realm-" + ++requests;
    return new Promise((resolve) => {
      const listener = (event) => {
        const message = event.data || {};
        if (
          event.source === window.parent &&
          message.type === "UIExtensionResponse" &&
          message.requestId === requestId
        ) {
          window.removeEventListener("message", listener);
          resolve(message.payload);
        }
      };
      window.addEventListener("message", listener);
      window.parent.postMessage({ type: "UIExtensionRequest", requestId, payload: { method, params } }, "*");
    });
  }

  async function requestData() {
    const config = await request("getConfig", []);
    if (config.initialData) {
      return config.initialData;
    }
    const { projectId, workflowId, nodeId, extensionType } = config;
    return request("callNodeDataService", [
      { projectId, workflowId, nodeId, extensionType, serviceType: "initial_data", dataServiceRequest: "" },
    ]);
  }

  /** The data, or null where the node has none. */
  async function data() {
    const given = window.realm4knimeInitialData;
    let answer = given === undefined ? await requestData() : given;
    answer = typeof answer === "string" ? JSON.parse(answer) : answer;
    if (!answer) {
      return null;
    }
    const error = answer.userError || answer.internalError;
    if (error) {
      throw new Error(error.message || error.typeName || "the node could not make the data of its view");
    }
    const result = answer.result === undefined ? answer : answer.result;
    return result && Object.keys(result).length ? result : null;
  }

  function start(render) {
    document.addEventListener("DOMContentLoaded", async () => {
      const main = element("main", {}, element("h1", {}, document.title));
      document.body.append(main);
      try {
        const given = await data();
        if (given === null) {
          main.append(
            element("p", {}, "There is nothing to show: the node has no results. It may lie on an inactive branch."),
          );
        } else {
          render(given, main);
        }
      } catch (error) {
        console.error("The view '" + document.title + "' failed", error);
        main.append(
          element("p", { class: "failed", role: "alert" }, "This view failed: " + error.message),
          element("p", {}, "The results themselves are not affected: they are in the node's output tables."),
        );
      }
      window.parent.postMessage({ type: "UIExtensionReady" }, "*");
    });
  }

  /** A DOM element with attributes and children; text is never read as HTML. Children that are null are left out. */
  function element(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => {
      if (typeof value === "function") {
        node.addEventListener(name, value);
      } else if (value !== null && value !== false) {
        node.setAttribute(name, value === true ? "" : value);
      }
    });
    node.append(...children.flat().filter((child) => child !== null));
    return node;
  }

  /** The rows of a table as objects. */
  function rows(table) {
    const columns = Object.keys(table);
    return columns.length
      ? table[columns[0]].map((_, i) => Object.fromEntries(columns.map((c) => [c, table[c][i]])))
      : [];
  }

  /** A row of figures: [[label, text], ...]. */
  function figures(parent, entries) {
    parent.append(
      element(
        "dl",
        { class: "figures" },
        entries.map(([label, text]) =>
          element("div", { class: "figure" }, element("dt", {}, label), element("dd", {}, text)),
        ),
      ),
    );
  }

  /**
   * A labelled choice. Options are [[value, text], ...]; changed(value) is called when the user chooses.
   * The select is control.field.
   */
  function choice(label, options, value, changed) {
    const id = "field-" + ++requests;
    const field = element(
      "select",
      { id, change: () => changed(field.value) },
      options.map(([option, text]) => element("option", { value: option, selected: option === value }, text)),
    );
    const control = element("div", { class: "control" }, element("label", { for: id }, label), field);
    control.field = field;
    return control;
  }

  /** A labelled input; changed(value) is called while the user types or moves it. The input is control.field. */
  function input(label, attributes, changed) {
    const id = "field-" + ++requests;
    const field = element("input", { id, ...attributes, input: () => changed(field.value) });
    const control = element("div", { class: "control grow" }, element("label", { for: id }, label), field);
    control.field = field;
    return control;
  }

  /** Parts of a page of which one is shown at a time: [[title, panel], ...]. All are printed. */
  function tabs(parent, parts) {
    const buttons = parts.map(([title, panel], i) => {
      panel.id = "panel-" + i;
      panel.className = "panel";
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", "tab-" + i);
      return element(
        "button",
        { type: "button", role: "tab", id: "tab-" + i, "aria-controls": panel.id, click: () => show(i) },
        title,
      );
    });
    function show(chosen) {
      parts.forEach(([, panel], i) => {
        panel.hidden = i !== chosen;
        buttons[i].setAttribute("aria-selected", String(i === chosen));
        buttons[i].tabIndex = i === chosen ? 0 : -1;
      });
    }
    const move = (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (by) {
        const next = (buttons.indexOf(document.activeElement) + by + buttons.length) % buttons.length;
        show(next);
        buttons[next].focus();
      }
    };
    parent.append(
      element("div", { class: "tabs", role: "tablist", keydown: move }, buttons),
      ...parts.map(([, panel]) => panel),
    );
    show(0);
  }

  function number(value, digits = 3) {
    if (value === null || value === undefined || Number.isNaN(value)) {
      return "–";
    }
    return value !== 0 && Math.abs(value) < 1e-4
      ? value.toExponential(digits - 1)
      : Number(value).toLocaleString("en", { maximumSignificantDigits: digits });
  }

  /** A whole number with its thousands apart. */
  function count(value) {
    return value === null || value === undefined ? "–" : Math.round(value).toLocaleString("en");
  }

  function percent(value) {
    return value === null || value === undefined ? "–" : (100 * value).toFixed(1) + " %";
  }

  return { start, element, rows, figures, choice, input, tabs, number, count, percent };
})();
