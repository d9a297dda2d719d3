//go:build tools

// Package newestengine pins the newest Pulumi CLI that the tests know, and everything it is built from. To move it: change the version in go.mod,
// run `go get github.com/pulumi/pulumi/pkg/v3/cmd/pulumi@v<version>` here, and set the version in ../versions.mts.
package newestengine

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
