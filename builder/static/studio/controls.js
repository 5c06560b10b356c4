// One control for each kind of prop.

import { el, iconButton, say, start } from "./dom.js";
import { choosePicture } from "./pictures.js";
import { rich } from "./rich.js";
import { pointer } from "./values.js";

const FEW = 4;
const SHORT = 26;

export function control(form, field, path, id) {
  if (field.per_breakpoint) return perScreen(form, field, path, id);
  const make = MAKERS[field.kind] ?? MAKERS.line;
  const input = make(form, field, path, id);
  return wrapped(form, field, path, id, input);
}

function wrapped(form, field, path, id, input) {
  const labelled = input.dataset?.labelled === "group";
  const attributes = { class: `field field--${field.kind}`, "data-pointer": pointer(path) };
  const parts = [];
  if (field.kind === "switch") {
    attributes.class += " field--row";
    parts.push(input, el("label", { for: id }, field.label));
  } else if (field.bare) {
    input.setAttribute("aria-label", field.label);
    parts.push(input);
  } else if (labelled) {
    attributes.role = "group";
    attributes["aria-labelledby"] = `${id}-label`;
    parts.push(el("span", { class: "label", id: `${id}-label` }, field.label), input);
  } else {
    parts.push(el("label", { for: id }, field.label), input);
  }
  const described = [];
  if (field.hint) {
    parts.push(el("p", { class: "hint", id: `${id}-hint` }, field.hint));
    described.push(`${id}-hint`);
  }
  parts.push(form.faultPlace(id));
  described.push(`${id}-fault`);
  input.setAttribute("aria-describedby", described.join(" "));
  return el("div", attributes, ...parts);
}

function text(form, field, path, id, tag, attributes = {}) {
  const input = el(tag, {
    id,
    dir: "auto",
    lang: form.page.language,
    maxlength: field.most ? String(field.most) : undefined,
    ...attributes,
  });
  input.value = form.value(path) ?? "";
  input.addEventListener("input", () => form.set(path, input.value, { keep: true }));
  return input;
}

const MAKERS = {
  line: (form, field, path, id) => text(form, field, path, id, "input", { type: "text" }),
  prose: (form, field, path, id) => {
    const area = text(form, field, path, id, "textarea", { rows: "3" });
    area.classList.add("grows");
    return area;
  },
  rich: (form, field, path, id) => rich(form, field, path, id),
  address: (form, field, path, id) => address(form, field, path, id),
  date: (form, field, path, id) => text(form, field, path, id, "input", { type: "date", dir: "ltr" }),
  moment: (form, field, path, id) =>
    text(form, field, path, id, "input", { type: "datetime-local", dir: "ltr" }),
  number: (form, field, path, id) => {
    const input = el("input", {
      type: "number",
      id,
      dir: "ltr",
      step: "any",
      min: field.least === null ? undefined : String(field.least),
      max: field.most === null ? undefined : String(field.most),
    });
    const value = form.value(path);
    input.value = value === null || value === undefined ? "" : String(value);
    input.addEventListener("input", () => {
      const empty = input.value.trim() === "";
      form.set(path, empty ? null : Number(input.value), { keep: true });
    });
    return input;
  },
  switch: (form, field, path, id) =>
    el("input", {
      type: "checkbox",
      id,
      checked: form.value(path) ?? field.default ?? false,
      onchange: (event) => form.set(path, event.target.checked),
    }),
  choice: (form, field, path, id) => {
    const value = form.value(path) ?? field.default;
    const set = (given) => form.set(path, given);
    return choices(field, value, id, set);
  },
  picture: (form, field, path, id) => picture(form, field, path, id),
  drawing: (form, field, path, id) => text(form, field, path, id, "input", { type: "text", dir: "ltr" }),
  image: (form, field, path, id) => text(form, field, path, id, "input", { type: "text", dir: "ltr" }),
};

// A few short choices stand side by side, others in a list.
function choices(field, value, id, set) {
  const short = field.choices.reduce((sum, each) => sum + each.label.length, 0) <= SHORT;
  if (field.choices.length <= FEW && short && !field.nullable) {
    const group = el("div", { class: "segments segments--wide", id, role: "radiogroup" });
    group.dataset.labelled = "group";
    for (const each of field.choices) {
      const input = el("input", {
        type: "radio",
        id: `${id}-${each.value}`,
        name: id,
        value: each.value,
        checked: each.value === String(value),
        onchange: () => set(each.value),
      });
      group.append(el("label", {}, input, el("span", {}, each.label)));
    }
    return group;
  }
  const select = el("select", { id, onchange: () => set(select.value || null) });
  if (field.nullable) select.append(el("option", { value: "" }, say("none")));
  for (const each of field.choices) select.append(el("option", { value: each.value }, each.label));
  select.value = value ?? "";
  return select;
}

// A value for all screens, or one for each.
function perScreen(form, field, path, id) {
  const value = form.value(path) ?? field.default;
  const apart = value !== null && typeof value === "object";
  const single = { ...field, per_breakpoint: false };
  const set = (given, options) => form.set(path, given, options);
  const box = el("input", {
    type: "checkbox",
    id: `${id}-apart`,
    checked: apart,
    onchange: () => set(apart ? value.base : { base: value ?? field.default }, { redraw: true }),
  });
  const parts = apart
    ? ["base", "medium", "wide"].map((screen) => {
        const inner = { ...single, label: say(screen), hint: "", nullable: screen !== "base" };
        return control(form, inner, [...path, screen], `${id}-${screen}`);
      })
    : [control(form, single, path, id)];
  const apartLabel = el("label", { for: `${id}-apart`, class: "quiet" }, say("perScreen"));
  const legend = apart ? el("span", { class: "label" }, field.label) : null;
  return el(
    "div",
    { class: "screens", role: "group", "aria-label": field.label },
    legend,
    ...parts,
    el("div", { class: "field field--row" }, box, apartLabel),
  );
}

// An address: a page of the site, or something written out.
function address(form, field, path, id) {
  const value = form.value(path) ?? "";
  const named = /^page:([a-z0-9][a-z0-9_-]*)(#.*)?$/.exec(value);
  const select = el("select", { id: `${id}-page`, "aria-label": say("pageOfSite") });
  for (const page of start.pages) {
    select.append(el("option", { value: page.key }, `${page.title}  ${page.path}`));
  }
  if (named && !start.pages.some((page) => page.key === named[1])) {
    select.append(el("option", { value: named[1] }, named[1]));
  }
  select.append(el("option", { value: "" }, say("elsewhere")));
  select.value = named ? named[1] : "";
  const input = el("input", { id, type: "text", dir: "ltr", hidden: Boolean(named), "aria-label": field.label });
  input.setAttribute("placeholder", "https://");
  input.value = named ? (named[2] ?? "") : value;
  select.addEventListener("change", () => {
    const chosen = select.value;
    input.hidden = chosen !== "";
    if (!chosen) input.value = "";
    form.set(path, chosen ? `page:${chosen}` : "#");
    if (!chosen) input.focus();
  });
  input.addEventListener("input", () => form.set(path, input.value.trim(), { keep: true }));
  const both = el("div", { class: "address" }, select, input, el("p", { class: "hint" }, say("addressHint")));
  both.dataset.labelled = "group";
  return both;
}

function picture(form, field, path, id) {
  const value = form.value(path);
  const box = el("div", { class: "picture", id });
  box.dataset.labelled = "group";
  const address = pictureAddress(value);
  const choose = async () => {
    const chosen = await choosePicture(value);
    if (chosen === undefined) return;
    const kept = { ...(value ?? {}), art: "", src: "", image: undefined, ...chosen };
    if (kept.image === undefined) delete kept.image;
    form.set(path, chosen === null ? (field.nullable ? null : {}) : kept, { redraw: true });
  };
  const label = address ? say("change") : say("choosePicture");
  box.append(
    address
      ? el("img", { class: "picture__shown", src: address, alt: "", loading: "lazy" })
      : el("span", { class: "picture__none quiet" }, say("noPicture")),
    el("button", { type: "button", class: "button", onclick: choose }, label),
  );
  if (address && form.page.own) {
    const clear = () => form.set(path, field.nullable ? null : {}, { redraw: true });
    box.append(iconButton("trash", say("remove"), clear));
  }
  const inner = (field.fields ?? []).filter((each) => !["art", "src", "image", "width", "height"].includes(each.name));
  const rest = value ? inner.map((each) => form.field(each, [...path, each.name])) : [];
  const whole = el("div", { class: "picture__all" }, box, ...rest);
  whole.dataset.labelled = "group";
  return whole;
}

export function pictureAddress(value) {
  if (value?.image) return `${start.at}images/${value.image}/`;
  if (value?.art) return `${start.at}art/${value.art}.svg`;
  return value?.src || "";
}
