// Colours as tokens hold them, as a colour field has them, and how well one reads on another.

const part = (value) => Math.round(Math.max(0, Math.min(1, value)) * 255).toString(16).padStart(2, "0");

// "#rrggbb" of a token's value: a hex code, or an object by DTCG 2025.10; "" for others (aliases).
export function hex(value) {
  if (typeof value === "string") return /^#[0-9a-f]{6}$/i.test(value) ? value.toLowerCase() : "";
  if (!value || typeof value !== "object") return "";
  if (typeof value.hex === "string") return hex(value.hex);
  const { colorSpace, components } = value;
  if (!Array.isArray(components) || !components.every(Number.isFinite)) return "";
  if (colorSpace === "srgb") return `#${components.map(part).join("")}`;
  if (colorSpace === "oklch") return ofOklch(components);
  return "";
}

// A token's value of the same kind as the one before.
export function ofHex(code, before) {
  if (typeof before === "string" && before.startsWith("#")) return code;
  const components = [1, 3, 5].map((at) => parseInt(code.slice(at, at + 2), 16) / 255);
  return { colorSpace: "srgb", components: components.map((each) => Math.round(each * 1e4) / 1e4), hex: code };
}

// Björn Ottosson, “A perceptual color space for image processing” (2020).
function ofOklch([lightness, chroma, hue]) {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const gamma = (c) => (c <= 0.0031308 ? 12.92 * c : 1.055 * Math.max(0, c) ** (1 / 2.4) - 0.055);
  return `#${linear.map(gamma).map(part).join("")}`;
}

// The contrast ratio of WCAG 2.2, 1 to 21.
export function ratio(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(code) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(code.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
