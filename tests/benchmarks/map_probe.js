// Run in a page before its own scripts: what the map's benchmark reads from the browser.
//
// An input is answered when the frame after the one that was made from it begins: by then that frame
// has been drawn and handed on. Coalesced inputs count each for itself, so that a slow frame is not
// counted once but as often as the pointer moved meanwhile.
(() => {
  const probe = {
    measuring: false,
    answers: [],
    frames: 0,
    drawn: { map: 0, movers: 0 },
    shown: [],
    waiting: [],
    socketBytes: 0,
    longest: 0,
  };
  window.mapProbe = probe;
  let fresh = [];
  let drawing = [];
  let lastFrame = 0;
  let drew = { map: false, movers: false };

  const heard = (event) => {
    if (!probe.measuring) return;
    const all = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    for (const one of all.length ? all : [event]) fresh.push(one.timeStamp);
  };
  for (const name of ['pointermove', 'pointerdown', 'pointerup']) {
    window.addEventListener(name, heard, { capture: true, passive: true });
  }

  for (const name of ['drawElements', 'drawArrays', 'drawElementsInstanced', 'drawArraysInstanced']) {
    const draw = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...given) {
      drew[this.canvas.className === 'maplibregl-canvas' ? 'map' : 'movers'] = true;
      return draw.apply(this, given);
    };
  }

  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        if (!(data instanceof ArrayBuffer)) return;
        const view = new DataView(data);
        const rows = view.getUint32(4, true);
        probe.socketBytes += data.byteLength;
        let sum = 0;
        for (let row = 0; row < rows; row += 1) sum += view.getFloat64(16 + 8 * (2 * rows + row), true);
        probe.waiting.push({ rows, sent: view.getFloat64(8, true), fix: sum / rows });
      });
    }
  };

  const turn = () => {
    requestAnimationFrame(turn);
    const now = performance.now();
    if (probe.measuring) {
      probe.frames += 1;
      probe.longest = Math.max(probe.longest, now - lastFrame);
      for (const at of drawing) probe.answers.push(now - at);
      for (const canvas of ['map', 'movers']) if (drew[canvas]) probe.drawn[canvas] += 1;
    }
    if (drew.movers) {
      if (probe.measuring) {
        for (const { rows, sent, fix } of probe.waiting) {
          probe.shown.push({ rows, sentAge: Date.now() - sent, fixAge: Date.now() - fix });
        }
      }
      probe.waiting = [];
    }
    lastFrame = now;
    drawing = fresh;
    fresh = [];
    drew = { map: false, movers: false };
  };
  requestAnimationFrame(turn);

  probe.begin = () => {
    Object.assign(probe, { answers: [], frames: 0, shown: [], socketBytes: 0, longest: 0 });
    probe.drawn = { map: 0, movers: 0 };
    probe.began = performance.now();
    probe.measuring = true;
  };
  probe.end = () => {
    probe.measuring = false;
    const { answers, frames, drawn, shown, socketBytes, longest } = probe;
    return { seconds: (performance.now() - probe.began) / 1000, answers, frames, drawn, shown, socketBytes, longest };
  };
})();
