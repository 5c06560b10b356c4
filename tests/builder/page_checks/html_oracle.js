// Reads {name: html} from stdin, writes {name: [what is not valid]}.
import { readFileSync } from "node:fs";
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard"] });
const found = {};
for (const [name, html] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const report = await validator.validateString(html);
  found[name] = report.results
    .flatMap((result) => result.messages)
    .map((told) => `${told.line}:${told.column} ${told.ruleId}: ${told.message}`);
}
process.stdout.write(JSON.stringify(found));
