// Values of JSON: compared whatever the order of their members, read and changed by their paths.

export const copy = (value) => structuredClone(value);

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    const members = Object.keys(value).sort();
    return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

export const same = (one, other) => canonical(one) === canonical(other);

export function at(value, path) {
  return path.reduce((found, step) => found?.[step], value);
}

export function put(value, path, given) {
  const steps = [...path];
  const last = steps.pop();
  let holder = value;
  for (const [index, step] of steps.entries()) {
    if (holder[step] === null || typeof holder[step] !== "object") {
      holder[step] = typeof (steps[index + 1] ?? last) === "number" ? [] : {};
    }
    holder = holder[step];
  }
  if (given === undefined) delete holder[last];
  else holder[last] = given;
}

export const pointer = (path) =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
