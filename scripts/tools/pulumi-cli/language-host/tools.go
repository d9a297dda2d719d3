//go:build tools

// Package languagehost pins the last Node.js language host that is published inside a Go module which can be
// built from outside Pulumi's repository; the newest engine works with it. A patched copy of it is built: see
// ../patch-language-host.mts.
package languagehost

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
