// SPDX-License-Identifier: EUPL-1.2
// One event stream per browser, not per tab: the tab that holds the lock listens, the others hear it from that tab.
// The page says where with <body data-live="/..." data-live-na="id of the last event it already shows">. A message
// becomes `schakel:levend` on document with detail {interactie, ...}; htmx: hx-trigger="schakel:levend from:document".
// The state of the line becomes `schakel:lijn` with detail {open}. Who resumes sends ?na=id; a browser that reconnects
// by itself sends Last-Event-ID, which is newer.
const url = document.body.dataset.live;

if (url && "EventSource" in window) {
  const name = `schakel-levend:${url}`;
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;
  let last = document.body.dataset.liveNa || "", open = null, leads = false;

  const tell = ({ type, detail, id }) => {
    if (id) last = id;
    if (type === "schakel:lijn") {
      if (detail.open === open) return;
      open = detail.open;
    }
    document.dispatchEvent(new CustomEvent(type, { detail }));
  };
  const share = (message) => {
    tell(message);
    channel?.postMessage(message);
  };
  channel?.addEventListener("message", ({ data }) => {
    if (data.type !== "schakel:wie-leidt") tell(data);
    else if (leads && open !== null) channel.postMessage({ type: "schakel:lijn", detail: { open }, id: last });
  });
  channel?.postMessage({ type: "schakel:wie-leidt" }); // a new tab asks the one that leads where it is

  const read = (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return { interactie: text };
    }
  };
  const connect = (wait) => {
    const stream = new EventSource(last ? `${url}${url.includes("?") ? "&" : "?"}na=${encodeURIComponent(last)}` : url);
    let pause = wait;
    stream.addEventListener("open", () => {
      pause = 1000;
      share({ type: "schakel:lijn", detail: { open: true } });
    });
    stream.addEventListener("message", ({ data, lastEventId }) =>
      share({ type: "schakel:levend", detail: read(data), id: lastEventId }));
    stream.addEventListener("error", () => {
      share({ type: "schakel:lijn", detail: { open: false } });
      if (stream.readyState === EventSource.CLOSED) setTimeout(connect, pause, Math.min(pause * 2, 30_000));
    });
  };
  const lead = () => new Promise(() => { // held until this tab closes
    leads = true;
    connect(1000);
  });
  if (navigator.locks && channel) navigator.locks.request(name, lead);
  else lead(); // plain http on another machine knows no locks: then one stream per tab

  // Say it when the line is down for three seconds, and stop saying it when it is back.
  let timer = 0, takeAway = null;
  document.addEventListener("schakel:lijn", ({ detail }) => {
    clearTimeout(timer);
    if (detail.open) {
      takeAway?.();
      takeAway = null;
    } else if (!takeAway) timer = setTimeout(() => { takeAway = window.schakel.notice("melding-lijn"); }, 3000);
  });
}
