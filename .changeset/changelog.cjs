/** How an entry of CHANGELOG.md reads: the fragment's sentence alone, with its full stop, and no commit's hash. */
module.exports = {
  getReleaseLine: ({ summary }) => `- ${summary.replace(/\.?$/, ".")}`,
  getDependencyReleaseLine: () => "",
};
