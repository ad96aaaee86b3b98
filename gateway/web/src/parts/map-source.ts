// What stands on every map. It is apart from the boundaries, which are a chunk of their own and import nothing of the application.

export const SOURCE = "边界来源：天地图，审图号待定";
