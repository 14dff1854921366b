// Puts each view's page into its frame and answers what KNIME answers to a view: its configuration and initial data.
(function () {
  const store = JSON.parse(document.getElementById("views").textContent);
  const frames = new Map();

  function config(view) {
    return {
      projectId: "report", workflowId: "root", nodeId: "root:" + view.node, extensionType: "view",
      hasNodeView: true, writeProtected: true, initialData: view.initialData,
    };
  }

  const answers = {
    getConfig: config,
    callNodeDataService: (view) => view.initialData,
  };

  window.addEventListener("message", (event) => {
    const view = frames.get(event.source);
    if (!view || !event.data || event.data.type !== "UIExtensionRequest") {
      return;
    }
    const answer = answers[event.data.payload.method];
    event.source.postMessage(
      { type: "UIExtensionResponse", requestId: event.data.requestId, payload: answer ? answer(view) : null }, "*");
  });

  // A frame is as high as its document; the document's own height must not depend on the frame's.
  function fit(frame) {
    const page = frame.contentDocument;
    if (!page || !page.body) {
      return;
    }
    const resize = () => {
      const height = Math.ceil(page.body.getBoundingClientRect().bottom + frame.contentWindow.scrollY);
      const margin = parseFloat(frame.contentWindow.getComputedStyle(page.body).marginBottom) || 0;
      frame.style.height = Math.max(40, height + margin) + "px";
    };
    new ResizeObserver(resize).observe(page.body);
    resize();
  }

  for (const view of store.views) {
    const frame = document.getElementById("view-" + view.node);
    frame.addEventListener("load", () => fit(frame));
    frame.srcdoc = view.html.replace(/<!--resource ([0-9a-f]+)-->/g, (all, name) => store.resources[name]);
    frames.set(frame.contentWindow, view);
  }
})();
