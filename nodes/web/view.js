/*
 * What all pages share: where the data comes from, the look, and small builders.
 *
 * A page calls RealmView.start(render); render(data) fills the body, where data is {table: {column: [values]}}.
 * Within KNIME the data is asked from the embedding window, by the messages of KNIME's UI extensions; a page that stands
 * on its own finds it in window.realm4knimeInitialData.
 */
"use strict";

const RealmView = (() => {
  const COLORS = {
    accent: "#6b3fa0",
    warm: "#e08e1b",
    good: "#2e9e5b",
    bad: "#d1495b",
    grey: "#8a919e",
    text: "#2c2f36",
  };

  // charts measure their text, so they need the font by name as well
  const FONT = 'system-ui, "Segoe UI", Roboto, sans-serif';

  const STYLE = `
    body { margin: 0; padding: 16px; font: 14px/1.45 ${FONT}; color: ${COLORS.text};
           background: #fff; }
    h2 { font-size: 15px; margin: 0 0 4px; }
    p { margin: 0 0 8px; }
    .hint { color: #5f6673; }
    .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 20px 24px; }
    .chart { height: 260px; }
    .figures { display: flex; flex-wrap: wrap; gap: 10px; margin-bottom: 16px; }
    .figure { border: 1px solid #e3e5ea; border-radius: 6px; padding: 6px 14px; }
    .figure b { display: block; font-size: 18px; font-weight: 600; }
    .figure span { color: #5f6673; font-size: 12px; }
    table { border-collapse: collapse; margin-top: 8px; }
    th, td { padding: 4px 12px; border-bottom: 1px solid #e3e5ea; text-align: left; }
    td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
    button, select { font: inherit; padding: 3px 10px; border: 1px solid #c9ccd4; border-radius: 5px; background: #fff; }
    .error { color: ${COLORS.bad}; }
  `;

  let requests = 0;

  /** Asks the embedding window to call one of KNIME's methods. */
  function request(method, params) {
    const requestId = "realm-" + ++requests;
    return new Promise((resolve) => {
      const listener = (event) => {
        const message = event.data || {};
        if (message.type === "UIExtensionResponse" && message.requestId === requestId) {
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

  async function data() {
    const given = window.realm4knimeInitialData;
    let answer = given === undefined ? await requestData() : given;
    answer = typeof answer === "string" ? JSON.parse(answer) : answer;
    const error = answer.userError || answer.internalError;
    if (error) {
      throw new Error(error.message);
    }
    return answer.result === undefined ? answer : answer.result;
  }

  function start(render) {
    document.addEventListener("DOMContentLoaded", () => {
      document.head.append(element("style", {}, STYLE));
      data()
        .then(render)
        .catch((error) => document.body.append(element("p", { class: "error" }, "No data to show: " + error.message)))
        .finally(() => window.parent.postMessage({ type: "UIExtensionReady" }, "*"));
    });
  }

  /** A DOM element with attributes and children; text is never read as HTML. */
  function element(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...children.filter((child) => child !== null));
    return node;
  }

  /** A titled chart, appended to the parent. It follows the parent's width. */
  function chart(parent, title, hint, option, height) {
    const box = element("div", { class: "chart" });
    if (height) {
      box.style.height = height + "px";
    }
    parent.append(
      element("section", {}, element("h2", {}, title), hint ? element("p", { class: "hint" }, hint) : null, box)
    );
    const instance = echarts.init(box, null, { renderer: "svg" });
    instance.setOption({ animation: false, textStyle: { fontFamily: FONT }, ...option });
    new ResizeObserver(() => instance.resize()).observe(box);
    return instance;
  }

  /** A row of figures: [[label, text], ...]. */
  function figures(parent, entries) {
    parent.append(
      element(
        "div",
        { class: "figures" },
        ...entries.map(([label, text]) => element("div", { class: "figure" }, element("b", {}, text), element("span", {}, label)))
      )
    );
  }

  function number(value, digits = 3) {
    return value === null || value === undefined || Number.isNaN(value)
      ? "–"
      : Number(value).toLocaleString("en", { maximumSignificantDigits: digits });
  }

  function percent(value) {
    return value === null || value === undefined ? "–" : (100 * value).toFixed(1) + " %";
  }

  return { COLORS, start, element, chart, figures, number, percent };
})();
