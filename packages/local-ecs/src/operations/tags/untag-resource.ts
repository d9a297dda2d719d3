import { list, required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { taggedResource } from "./tagged-resource";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UntagResource.html */
export const untagResource = operation({
  name: "UntagResource",
  request: structure({
    resourceArn: required(text()),
    tagKeys: required(list(text({ max: 128, pattern: /^(?!aws:)/i }))),
  }),
  handle({ resourceArn, tagKeys }, context) {
    const resource = taggedResource(resourceArn, context, "ResourceNotFoundException");
    resource.retag(resource.tags.filter(({ key = "" }) => !tagKeys.includes(key)));
    return {};
  },
});
