export * from "../evaluate/index.js";
export { default } from "../evaluate/index.js";
