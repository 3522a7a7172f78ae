// Run in a page before its own scripts: what the map's benchmark reads from the browser.
//
// A move of the held pointer is answered by the first frame after it in which the ground lies elsewhere on
// the screen, drawn anew or moved with the hand, and at the time when the frame after that one begins: by
// then it has been drawn and handed on. Coalesced inputs count each for itself, so that a slow frame is not
// counted once but as often as the pointer moved meanwhile.
//
// Movers in sight are those in the middle of the area that the map asks movers of (a third of its width and
// height, well inside the screen). Each has a rate of its own: pictures that showed it at a newer place, over
// the time that lies between the first and the last of those reports.
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
    carried: 0,
    sights: new Map(),
  };
  window.mapProbe = probe;
  let fresh = [];
  let drawing = [];
  let lastFrame = 0;
  let drew = { map: false, movers: false };
  let laid = '';
  let middle = null;

  const heard = (event) => {
    if (!probe.measuring || !event.buttons) return;
    const all = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    for (const one of all.length ? all : [event]) fresh.push(one.timeStamp);
  };
  window.addEventListener('pointermove', heard, { capture: true, passive: true });

  for (const name of ['drawElements', 'drawArrays', 'drawElementsInstanced', 'drawArraysInstanced']) {
    const draw = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...given) {
      drew[this.canvas.className === 'maplibregl-canvas' ? 'map' : 'movers'] = true;
      return draw.apply(this, given);
    };
  }

  const look = (text) => {
    const { type, bounds } = JSON.parse(text);
    if (type !== 'view' || !bounds) return;
    const [west, south, east, north] = bounds;
    const [wide, high] = [(east - west) / 3, (north - south) / 3];
    middle = [west + wide, south + high, east - wide, north - high];
    probe.sights.clear();
  };
  const read = (data) => {
    const view = new DataView(data);
    const rows = view.getUint32(4, true);
    const number = (column, row) => view.getFloat64(16 + 8 * (column * rows + row), true);
    const near = [];
    let sum = 0;
    for (let row = 0; row < rows; row += 1) {
      sum += number(2, row);
      const [x, y] = [number(0, row), number(1, row)];
      const inside = middle && x > middle[0] && x < middle[2] && y > middle[1] && y < middle[3];
      if (inside) near.push({ index: view.getUint32(16 + 24 * rows + 4 * row, true), at: number(2, row) });
    }
    return { rows, near, sent: view.getFloat64(8, true), fix: sum / rows };
  };
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        if (!(data instanceof ArrayBuffer)) return;
        probe.socketBytes += data.byteLength;
        probe.waiting.push(read(data));
      });
    }
    send(data) {
      look(data);
      super.send(data);
    }
  };

  // A picture was drawn after these frames had come: of two reports of a mover it shows the newer.
  const show = (frames) => {
    const newest = new Map();
    for (const { rows, near, sent, fix } of frames) {
      probe.shown.push({ rows, sentAge: Date.now() - sent, fixAge: Date.now() - fix });
      for (const { index, at } of near) newest.set(index, at);
    }
    for (const [index, at] of newest) {
      const sight = probe.sights.get(index) ?? { first: at, count: -1 };
      probe.sights.set(index, { ...sight, last: at, count: sight.count + 1 });
    }
  };

  // What the frame before has done to the ground: drawn it, or laid it elsewhere.
  const moved = () => {
    const before = laid;
    const seen = [...document.querySelectorAll('canvas[data-sheet], canvas.maplibregl-canvas')];
    const shown = seen.filter(({ style }) => style.display !== 'none' && style.opacity !== '0');
    laid = shown.map(({ style }) => style.transform).join();
    return drew.map ? 'drawn' : laid !== before ? 'carried' : '';
  };

  const turn = () => {
    requestAnimationFrame(turn);
    const now = performance.now();
    const effect = moved();
    if (probe.measuring) {
      if (effect === 'carried') probe.carried += 1;
      if (effect) for (const at of drawing) probe.answers.push(now - at);
      probe.frames += 1;
      probe.longest = Math.max(probe.longest, now - lastFrame);
      for (const canvas of ['map', 'movers']) if (drew[canvas]) probe.drawn[canvas] += 1;
    }
    if (drew.movers) {
      if (probe.measuring) show(probe.waiting);
      probe.waiting = [];
    }
    lastFrame = now;
    drawing = effect ? fresh : [...drawing, ...fresh];
    fresh = [];
    drew = { map: false, movers: false };
  };
  requestAnimationFrame(turn);

  probe.begin = () => {
    Object.assign(probe, { answers: [], frames: 0, shown: [], socketBytes: 0, longest: 0, carried: 0 });
    probe.sights.clear();
    drawing = [];
    fresh = [];
    probe.drawn = { map: 0, movers: 0 };
    probe.began = performance.now();
    probe.measuring = true;
  };
  probe.end = () => {
    probe.measuring = false;
    const { answers, frames, drawn, shown, socketBytes, longest, carried } = probe;
    const rates = [...probe.sights.values()]
      .filter(({ first, last }) => last - first > 3_000)
      .map(({ first, last, count }) => (1000 * count) / (last - first));
    const seconds = (performance.now() - probe.began) / 1000;
    return { seconds, answers, frames, drawn, shown, socketBytes, longest, carried, rates };
  };
})();
