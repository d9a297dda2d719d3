import { invalidParameter } from "../../server/aws-error";
import { required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { tags } from "../common-shapes";
import { taggedResource } from "./tagged-resource";

/** "Maximum number of tags per resource - 50"; tags whose key begins with `aws:` do not count. @see API_TagResource.html */
const MAX_TAGS = 50;

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TagResource.html */
export const tagResource = operation({
  name: "TagResource",
  request: structure({ resourceArn: required(text()), tags: required(tags) }),
  handle({ resourceArn, tags: given }, context) {
    const resource = taggedResource(resourceArn, context, "ResourceNotFoundException");
    const byKey = new Map(resource.tags.map((tag) => [tag.key, tag]));
    for (const tag of given) byKey.set(tag.key, tag);
    const all = [...byKey.values()];
    if (all.filter(({ key = "" }) => !key.startsWith("aws:")).length > MAX_TAGS)
      throw invalidParameter(`A resource can have at most ${MAX_TAGS} tags.`);
    resource.retag(all);
    return {};
  },
});
