// Asks for its data as a view in KNIME does.
window.addEventListener("message", (event) => {
  if (event.data && event.data.type === "UIExtensionResponse" && event.data.requestId === "1") {
    let data = event.data.payload.initialData;
    if (typeof data === "string") {
      data = JSON.parse(data);
    }
    document.getElementById("text").textContent = data.result.rows + " rows, " + data.result.text + " $& </script>";
  }
});
window.addEventListener("load", () => window.parent.postMessage(
  { type: "UIExtensionRequest", requestId: "1", payload: { method: "getConfig", params: [] } }, "*"));
