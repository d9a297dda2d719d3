//go:build tools

// Package engine pins the Pulumi CLI and everything it is built from. To move it: change the version in go.mod,
// run `go get github.com/pulumi/pulumi/pkg/v3/cmd/pulumi@v<version>` here, and set the version in ../versions.mts.
package engine

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
