// Runs in VS Code's extension host: calls each test of `suite.js` and writes what became of it to $RUNEKILN_TEST_REPORT.
// The extension under test is the installed package, not this folder.

'use strict';

const fs = require('node:fs');
const { tests } = require('./suite');

exports.run = async function run() {
  const report = [];
  for (const [name, test] of tests) {
    try {
      await test();
      report.push({ name, error: null });
    } catch (error) {
      report.push({ name, error: String(error && error.stack || error) });
    }
  }
  fs.writeFileSync(process.env.RUNEKILN_TEST_REPORT, JSON.stringify(report));
};
