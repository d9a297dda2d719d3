// What is added to the pinned language host, whose other files are copied beside this one when it is built.
package main

import (
	"fmt"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// forwardUnknown passes calls that this language host does not know on to the engine, which may: error hooks and
// resource hooks are registered by calls that are younger than it. They all take and give one message. Read as the
// message without fields, it keeps what it holds as unknown fields, and is sent on as it came.
func forwardUnknown(engine *grpc.ClientConn) grpc.ServerOption {
	return grpc.UnknownServiceHandler(func(_ interface{}, stream grpc.ServerStream) error {
		method, known := grpc.MethodFromServerStream(stream)
		if !known {
			return fmt.Errorf("a call without the name of a method")
		}
		request, answer := new(emptypb.Empty), new(emptypb.Empty)
		if err := stream.RecvMsg(request); err != nil {
			return err
		}
		if err := engine.Invoke(stream.Context(), method, request, answer); err != nil {
			return err
		}
		return stream.SendMsg(answer)
	})
}
