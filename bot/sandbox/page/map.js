// A map without tiles: a sea of grid lines, named points, and a pin to drag. Plate carrée, fit for a city.

import { el, iconButton, svg } from "./dom.js";
import { word } from "./words.js";

const WIDTH = 320;
const HEIGHT = 220;
const STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

/** What the map shows: centre and degrees per pixel. */
export function viewOf(points) {
  if (!points.length) return { latitude: 0, longitude: 110, scale: 0.05 };
  const range = (name) => points.map((point) => point[name]);
  const [south, north] = [Math.min(...range("latitude")), Math.max(...range("latitude"))];
  const [west, east] = [Math.min(...range("longitude")), Math.max(...range("longitude"))];
  const scale = Math.max((east - west) / (WIDTH * 0.72), (north - south) / (HEIGHT * 0.72), 0.00004);
  return { latitude: (south + north) / 2, longitude: (west + east) / 2, scale };
}

/** A still picture of one place. */
export function stillMap(point) {
  const view = { ...point, scale: 0.00006 };
  const canvas = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "map", "aria-hidden": "true" });
  draw(canvas, view, point, []);
  return canvas;
}

/** A map whose pin can be moved; `onmove(point)` hears where it went. */
export class PinMap {
  constructor(places, point, onmove) {
    this.places = places;
    this.view = viewOf(places.length ? places : point ? [point] : []);
    this.point = point ?? { latitude: this.view.latitude, longitude: this.view.longitude };
    this.onmove = onmove;
    this.canvas = svg("svg", {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "map live", tabindex: "0", role: "application", "aria-label": word("map"),
    });
    const zoom = (factor) => () => this.zoom(factor);
    this.element = el("div.map-frame", {}, this.canvas, el("div.map-zoom", {},
      iconButton("plus", word("zoom_in"), zoom(0.6)), iconButton("minus", word("zoom_out"), zoom(1 / 0.6))));
    this.listen();
    this.redraw();
  }

  set(point, recentre = true) {
    this.point = point;
    if (recentre) Object.assign(this.view, point);
    this.redraw();
  }

  zoom(factor) {
    this.view.scale = Math.min(0.5, Math.max(0.000005, this.view.scale * factor));
    this.redraw();
  }

  redraw() {
    draw(this.canvas, this.view, this.point, this.places);
  }

  listen() {
    let drag = null;
    this.canvas.addEventListener("pointerdown", (event) => {
      drag = { pin: event.target.closest(".pin") !== null, from: this.at(event), view: { ...this.view }, moved: false };
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (!drag) return;
      const [x, y] = this.at(event);
      drag.moved ||= Math.hypot(x - drag.from[0], y - drag.from[1]) > 3;
      if (drag.pin) this.move(place(this.view, x, y));
      else if (drag.moved) this.pan(drag, x, y);
    });
    this.canvas.addEventListener("pointerup", (event) => {
      if (drag && !drag.moved && !drag.pin) this.move(place(this.view, ...this.at(event)));
      drag = null;
    });
    this.canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15);
    }, { passive: false });
    this.canvas.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    const step = this.view.scale * (event.shiftKey ? 30 : 6);
    const moves = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    if (event.key === "+" || event.key === "-") this.zoom(event.key === "+" ? 0.6 : 1 / 0.6);
    if (!(event.key in moves)) return;
    event.preventDefault();
    const [up, right] = moves[event.key];
    this.move({ latitude: this.point.latitude + up * step, longitude: this.point.longitude + right * step });
  }

  move(point) {
    this.point = { latitude: rounded(point.latitude, 90), longitude: rounded(point.longitude, 180) };
    this.redraw();
    this.onmove(this.point);
  }

  pan(drag, x, y) {
    this.view.longitude = drag.view.longitude - (x - drag.from[0]) * this.view.scale;
    this.view.latitude = drag.view.latitude + (y - drag.from[1]) * this.view.scale;
    this.redraw();
  }

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT];
  }
}

function rounded(value, most) {
  return Math.round(Math.max(-most, Math.min(most, value)) * 1e6) / 1e6;
}

function place(view, x, y) {
  return {
    latitude: view.latitude - (y - HEIGHT / 2) * view.scale,
    longitude: view.longitude + (x - WIDTH / 2) * view.scale,
  };
}

function spot(view, point) {
  return [
    WIDTH / 2 + (point.longitude - view.longitude) / view.scale,
    HEIGHT / 2 - (point.latitude - view.latitude) / view.scale,
  ];
}

function draw(canvas, view, point, places) {
  canvas.replaceChildren(svg("rect", { class: "sea", width: WIDTH, height: HEIGHT }));
  drawGrid(canvas, view);
  drawPlaces(canvas, view, places);
  const [x, y] = spot(view, point);
  canvas.append(svg("g", { class: "pin", transform: `translate(${x} ${y})` },
    svg("circle", { class: "pin-touch", r: 22, cy: -14 }),
    svg("ellipse", { class: "pin-shadow", rx: 6, ry: 2.4 }),
    svg("path", { class: "pin-body", d: "M0 0C-9 -12 -13 -18 -13 -25a13 13 0 0 1 26 0C13 -18 9 -12 0 0Z" }),
    svg("circle", { class: "pin-eye", r: 5, cy: -25 })));
}

function drawGrid(canvas, view) {
  const step = STEPS.find((each) => each / view.scale > 64) ?? 60;
  const digits = Math.max(0, Math.ceil(-Math.log10(step)));
  const corner = place(view, 0, HEIGHT);
  const first = (value) => Math.ceil(value / step);
  for (let n = first(corner.longitude); n * step < corner.longitude + WIDTH * view.scale; n += 1) {
    const [x] = spot(view, { latitude: view.latitude, longitude: n * step });
    canvas.append(svg("line", { class: "grid", x1: x, x2: x, y1: 0, y2: HEIGHT }));
    canvas.append(svg("text", { class: "degree", x: x + 3, y: HEIGHT - 4 }, `${(n * step).toFixed(digits)}°`));
  }
  for (let n = first(corner.latitude); n * step < corner.latitude + HEIGHT * view.scale; n += 1) {
    const [, y] = spot(view, { latitude: n * step, longitude: view.longitude });
    canvas.append(svg("line", { class: "grid", x1: 0, x2: WIDTH, y1: y, y2: y }));
    canvas.append(svg("text", { class: "degree", x: 3, y: y - 3 }, `${(n * step).toFixed(digits)}°`));
  }
}

/** Points with their names; a name that would lie on another is left out until one zooms in. */
function drawPlaces(canvas, view, places) {
  const taken = [];
  for (const each of places) {
    const [x, y] = spot(view, each);
    if (x < -20 || x > WIDTH + 20 || y < -20 || y > HEIGHT + 20) continue;
    canvas.append(svg("circle", { class: "place", cx: x, cy: y, r: 3 }));
    const box = [x + 5, y - 7, x + 5 + each.name.length * 6.2, y + 5];
    if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    taken.push(box);
    canvas.append(svg("text", { class: "place-name", x: x + 6, y: y + 3.5 }, each.name));
  }
}
