/// <reference types="vite/client" />

// Data is what its reader says it is: types inferred from a large file cost more than they tell.
declare module "*.json" {
  const content: any;
  export default content;
}
