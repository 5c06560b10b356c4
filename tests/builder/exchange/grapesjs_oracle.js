// What the real GrapesJS makes of our projects: loads each, and gives back what it would store.
import grapesjs from "grapesjs";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const stored = JSON.parse(Buffer.concat(chunks)).map((project) => {
  const editor = grapesjs.init({ headless: true, storageManager: false, log: false });
  editor.loadProjectData(project);
  const data = editor.getProjectData();
  editor.destroy();
  return data;
});
process.stdout.write(JSON.stringify(stored));
