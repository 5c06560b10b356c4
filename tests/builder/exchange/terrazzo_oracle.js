// What terrazzo says of each token file: the number of its tokens, or why it takes none.
import { defineConfig, parse } from "@terrazzo/parser";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const cwd = new URL("file:///oracle/");
const config = defineConfig({}, { cwd });
const told = [];
for (const file of JSON.parse(Buffer.concat(chunks))) {
  try {
    const source = { filename: new URL("style.tokens.json", cwd), src: JSON.stringify(file) };
    const { tokens } = await parse([source], { config });
    told.push({ tokens: Object.keys(tokens).length, refused: "" });
  } catch (error) {
    told.push({ tokens: 0, refused: String(error.message ?? error) || "refused" });
  }
}
process.stdout.write(JSON.stringify(told));
