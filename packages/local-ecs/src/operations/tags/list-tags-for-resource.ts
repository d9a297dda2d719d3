import { required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { taggedResource } from "./tagged-resource";

/** Its service model has no ResourceNotFoundException. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation({
  name: "ListTagsForResource",
  request: structure({ resourceArn: required(text()) }),
  handle: ({ resourceArn }, context) => ({
    tags: taggedResource(resourceArn, context, "InvalidParameterException").tags,
  }),
});
